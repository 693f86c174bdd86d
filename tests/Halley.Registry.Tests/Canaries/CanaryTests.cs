namespace Halley.Registry.Tests;

public sealed class CanaryTests
{
    static readonly CanaryPlan Plan = new()
    {
        Environment = "production",
        Steps = [new(0.05, TimeSpan.FromHours(1), 20), new(0.2, TimeSpan.FromHours(2), 50)],
        Guards =
        [
            new() { Metric = CanaryMetric.Fallbacks, AboveChampion = 0.02 },
            new() { Metric = CanaryMetric.Errors, Maximum = 0.01 },
            new() { Metric = CanaryMetric.Latency, Maximum = 20 },
            new() { Metric = CanaryMetric.Referrals, AboveChampion = 0.1 },
            new() { Metric = CanaryMetric.AveragePremium, Maximum = 0.1 },
        ],
    };

    [Fact]
    public async Task A_sound_release_grows_by_its_steps_and_keeps_the_last_share()
    {
        await using var floor = await Floor.OpenAsync();
        var guardian = floor.Guardian();
        Assert.Empty(await guardian.CheckAsync());
        await floor.DecideAsync(200, revision: 2);
        // Enough decisions, and not yet the hour.
        Assert.Empty(await guardian.CheckAsync());
        floor.Pass(TimeSpan.FromHours(1));
        var first = Assert.Single(await guardian.CheckAsync());
        Assert.Equal((ChangeKind.Widen, 1, 0.2), (first.Kind, first.Canary!.Step, first.Arms.Challengers[0].Share));
        Assert.StartsWith(
            "every guard held in step 1 of 2 (5.0 % of the units, 100 decisions of motor-quote@2)",
            first.Why,
            StringComparison.Ordinal
        );
        floor.Pass(TimeSpan.FromHours(2));
        // The time has passed, and decisions are missing: those of the step before do not count.
        Assert.Empty(await guardian.CheckAsync());
        await floor.DecideAsync(200, revision: 3);
        var last = Assert.Single(await guardian.CheckAsync());
        Assert.Equal((2, 0.2), (last.Canary!.Step, last.Arms.Challengers[0].Share));
        Assert.Equal(CanaryStatus.Passed, (await floor.StateAsync()).Status);
        Assert.Empty(await guardian.CheckAsync());
    }

    [Theory]
    [InlineData("fallbacks")]
    [InlineData("latency_p99_ms")]
    [InlineData("referrals")]
    [InlineData("average_premium")]
    [InlineData("errors")]
    public async Task A_breach_takes_the_release_out_at_the_next_look_and_says_why(string guard)
    {
        await using var floor = await Floor.OpenAsync();
        var guardian = floor.Guardian();
        await floor.DecideAsync(
            300,
            revision: 2,
            canary: record =>
                guard switch
                {
                    "fallbacks" => record with { Fallback = "refer" },
                    "latency_p99_ms" => record with { LatencyMicroseconds = 30_000 },
                    "referrals" => record with { Outputs = Desk.Bytes("{\"action\":\"refer\",\"premium\":412.10}") },
                    "average_premium" => record with { Outputs = Desk.Bytes("{\"action\":\"accept\",\"premium\":512.10}") },
                    _ => record,
                }
        );
        for (var i = 0; guard == "errors" && i < 20; i++)
            guardian.Failed(new("motor-quote", 2), "refused input 'age'");
        var change = Assert.Single(await guardian.CheckAsync());
        Assert.Equal((ChangeKind.Withdraw, true), (change.Kind, change.Canary!.IsBreach));
        Assert.Empty(change.Arms.Challengers);
        Assert.StartsWith($"motor-quote@2 was taken out in step 1 of 2: {guard}: ", change.Why, StringComparison.Ordinal);
        var state = await floor.StateAsync();
        Assert.Equal((CanaryStatus.RolledBack, change.Why), (state.Status, state.Words));
        Assert.Equal("canary guard", change.By.Name);
        Assert.Empty(await guardian.CheckAsync());
    }

    [Fact]
    public async Task A_fault_that_begins_late_in_a_long_step_shows_in_its_hour()
    {
        await using var floor = await Floor.OpenAsync(Plan with { Steps = [new(0.05, TimeSpan.FromHours(100), 1)] });
        var guardian = floor.Guardian();
        await floor.DecideAsync(2000, revision: 2);
        Assert.Empty(await guardian.CheckAsync());
        floor.Pass(TimeSpan.FromHours(5));
        await floor.DecideAsync(60, revision: 2, canary: record => record with { Fallback = "refer" });
        var change = Assert.Single(await guardian.CheckAsync());
        Assert.Contains("30 of 30 decisions", change.Why, StringComparison.Ordinal);
        Assert.Contains("(in hour 6 of the step)", change.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_starts_in_the_middle_of_a_step_goes_on_and_of_two_one_takes_it()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Guardian().CheckAsync();
        await floor.DecideAsync(200, revision: 2);
        floor.Pass(TimeSpan.FromHours(1));
        // Two new servers look at once: neither ever saw a decision, both find them in the log.
        var looks = await Task.WhenAll(floor.Guardian().CheckAsync(), floor.Guardian().CheckAsync());
        Assert.Equal(1, looks.Sum(made => made.Count));
        Assert.Equal(1, (await floor.StateAsync()).Step);
    }

    [Fact]
    public async Task A_release_that_keeps_its_limits_is_hardly_ever_taken_out()
    {
        // As many fallbacks as the champion and the limit allow, looked at after every 20 decisions: a risk of 1 %.
        var canary = new Canary
        {
            Id = "c",
            Release = new("motor-quote", 2),
            Against = new("motor-quote", 1),
            Plan = Plan with { Guards = [new() { Metric = CanaryMetric.Fallbacks, Maximum = 0.02 }] },
            Request = "r",
            By = Desk.Alice,
            At = default,
            Why = "test",
        };
        await using var desk = new LogDesk();
        var (sound, fallen) = (desk.Decision(), desk.Decision() with { Fallback = "refer" });
        var outs = 0;
        for (var run = 0; run < 300; run++)
        {
            var (mine, champion) = (new CanaryCounts(canary.Plan), new CanaryCounts(canary.Plan));
            var isOut = false;
            for (var i = 0; i < 2000 && !isOut; i++)
            {
                mine.Add(Kernels.CounterRandom.Uniform(9, (ulong)run, (ulong)i) < 0.02 ? fallen : sound, false);
                isOut = i % 20 == 19 && CanaryJudge.Breaches(canary, mine, champion, (0, null), 0.01).Count > 0;
            }
            outs += isOut ? 1 : 0;
        }
        Assert.InRange(outs, 0, 8);
    }

    [Fact]
    public async Task A_person_ends_it_by_command_or_by_changing_what_is_live()
    {
        await using var floor = await Floor.OpenAsync();
        await floor.Desk.Registry.AbortCanaryAsync("production", new("motor-quote", 2), Desk.Bob, "not today");
        var state = await floor.StateAsync();
        Assert.Equal((CanaryStatus.Ended, "not today"), (state.Status, state.Words));
        var again = await Faults.OfAsync(() =>
            floor.Desk.Registry.AbortCanaryAsync("production", new("motor-quote", 2), Desk.Bob, "again")
        );
        Assert.Equal("HLY5245", again.Code);
        var second = await floor.Desk.Registry.StartCanaryAsync(Plan, new("motor-quote", 2), (Desk.Alice, "again"), new([]));
        Assert.Equal(CanaryStatus.Running, second.Status);
        var twice = await Faults.OfAsync(() =>
            floor.Desk.Registry.StartCanaryAsync(Plan, new("motor-quote", 2), (Desk.Alice, "twice"), new([]))
        );
        Assert.Equal("HLY5242", twice.Code);
        await floor.Desk.PromoteAsync(new("motor-quote", 2), ReleaseRole.Challenger, 0.5);
        Assert.Contains("alice changed what is live", (await floor.StateAsync()).Words, StringComparison.Ordinal);
        Assert.Empty(await floor.Guardian().CheckAsync());
    }

    [Fact]
    public void A_plan_that_cannot_run_lists_every_problem()
    {
        var bad = new CanaryPlan
        {
            Environment = "production",
            Steps = [new(0.2, TimeSpan.Zero, 1), new(0.1, TimeSpan.Zero, 0)],
            Guards = [new() { Metric = CanaryMetric.Errors }, new() { Metric = CanaryMetric.Latency, AboveChampion = 0.1 }],
            Risk = 0.9,
        };
        var problem = Assert.Throws<Data.HalleyException>(bad.Validate);
        Assert.Equal("HLY5241", problem.Code);
        foreach (
            var words in new[]
            {
                "step 2 has the share 0.1",
                "at least one decision",
                "guard errors has no limit",
                "latency_p99_ms cannot be compared",
                "risk is 0.9",
            }
        )
            Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>A champion, a canary that has begun, and a log that both answer into.</summary>
    sealed class Floor : IAsyncDisposable
    {
        readonly LogDesk log = new();

        public Desk Desk { get; } = new();

        public static async Task<Floor> OpenAsync(CanaryPlan? plan = null)
        {
            var floor = new Floor();
            var (one, two) = (await floor.Desk.ReleaseAsync("one"), await floor.Desk.ReleaseAsync("two"));
            await floor.Desk.PromoteAsync(one);
            floor.Pass(TimeSpan.FromMinutes(1));
            var state = await floor.Desk.Registry.StartCanaryAsync(plan ?? Plan, two, (Desk.Alice, "new region factor"), new([]));
            Assert.Equal(CanaryStatus.Running, state.Status);
            return floor;
        }

        public CanaryGuardian Guardian() =>
            new(Desk.Registry, log.Reader, new(Desk.Registry, Desk.Artefacts), "production", Desk.Time);

        public void Pass(TimeSpan time) => (log.Time.Now, Desk.Time.Now) = (log.Time.Now + time, log.Time.Now + time);

        public async Task<CanaryState> StateAsync() => (await Desk.Registry.CanariesAsync("production"))[^1];

        /// <summary>Half of them by the canary, a millisecond apart.</summary>
        public async Task DecideAsync(int count, long revision, Func<DecisionRecord, DecisionRecord>? canary = null)
        {
            var appends = new List<Task>();
            for (var i = 0; i < count; i++)
            {
                Pass(TimeSpan.FromMilliseconds(1));
                var record = log.Decision($"u{i}") with
                {
                    Revision = revision,
                    Outputs = Desk.Bytes($$"""{"action":"accept","premium":{{410 + i % 5}}}"""),
                };
                if (i % 2 == 0)
                {
                    record = record with { Release = new("motor-quote", 2), Arm = ReleaseRole.Challenger, Probability = 0.1 };
                    record = canary?.Invoke(record) ?? record;
                }
                appends.Add(log.Log.AppendAsync(record));
            }
            await Task.WhenAll(appends);
        }

        public async ValueTask DisposeAsync()
        {
            await log.DisposeAsync();
            await Desk.DisposeAsync();
        }
    }
}

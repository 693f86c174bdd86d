namespace Halley.Registry.Tests;

/// <summary>Experiments from their start to their end, over registry and log.</summary>
public sealed class ExperimentTests
{
    static readonly ValueDefinition Quote = new()
    {
        Decision = "motor-quote",
        Currency = "EUR",
        Unit = "customer",
        Terms = [new() { Output = "premium", Outcome = "converted" }, new() { Factor = -1, Outcome = "claim_cost" }],
        ExpectedOutput = "expected_profit",
        MinimumDifference = 5,
    };

    [Fact]
    public async Task A_challenger_that_earns_more_is_found_better_with_money_and_the_end_keeps_the_verdict()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var experiment = await StartAsync(desk, log, share: 0.4);
        var book = new QuoteBook(log) { Customers = 3000 };
        await book.PlayAsync(revision: 2, weeks: 8, champion: 1, challenger: 2);
        var report = await ReadAsync(desk, log, experiment);
        Assert.Equal(Verdict.Better, report.Verdict);
        Assert.InRange(QuoteBook.TrueGain, report.Lower, report.Upper);
        Assert.Matches(
            @"^better: motor-quote@2 earned \d+\.\d\d EUR a customer more than motor-quote@1 \(95 % at all times: .* to .*\)\. At this traffic that is [0-9,]+ EUR a year \([0-9,]+ to [0-9,]+\) if every customer met it\.$",
            report.Sentence
        );
        Assert.Equal(QuoteBook.TrueGain * 3000 * 365.25 / 56, report.YearValue!.Value, 0.4 * report.YearValue!.Value);
        Assert.True(report.IsSplitSound);
        var end = await desk.Registry.StopExperimentAsync(experiment.Id, report, Desk.Bob, "decided");
        Assert.Equal(end.Report.Sentence, (await desk.Registry.FindExperimentAsync(experiment.Id)).End!.Report.Sentence);
        var twice = await Faults.OfAsync(() => desk.Registry.StopExperimentAsync(experiment.Id, report, Desk.Alice, "again"));
        Assert.Equal("HLY5234", twice.Code);
        Assert.Contains("was ended on 2026-04-26 by bob: decided", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shadow_is_judged_on_pairs_and_says_so()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var experiment = await StartAsync(desk, log, share: 0);
        Assert.Equal(ValueGrade.ShadowPair, experiment.Grade);
        await new QuoteBook(log) { Customers = 300 }.PlayAsync(revision: 2, weeks: 2, champion: 1, shadow: 2);
        var report = await ReadAsync(desk, log, experiment);
        // The same difference in each pair: no spread at all.
        Assert.Equal(30, report.Value, 9);
        Assert.Equal(450, report.Decisions);
        Assert.Contains(
            "a decision more than motor-quote@1, by what each release's own models expect (95 %",
            report.Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Before_the_first_look_and_after_the_planned_end_the_words_say_so()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var experiment = await StartAsync(desk, log, share: 0.4);
        await new QuoteBook(log) { Customers = 100 }.PlayAsync(revision: 2, weeks: 1, champion: 1, challenger: 2);
        var early = await ReadAsync(desk, log, experiment);
        Assert.Contains("too early", early.Sentence, StringComparison.Ordinal);
        Assert.Equal(Verdict.Undecided, early.Verdict);
        log.Time.Now = experiment.PlannedEnd.AddDays(1);
        Assert.Contains(
            "The planned end has passed",
            (await ReadAsync(desk, log, experiment)).Notes[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Outcomes_that_nobody_reported_are_no_zeros()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var experiment = await StartAsync(desk, log, share: 0.4);
        for (var i = 0; i < 300; i++)
            await log.Log.AppendAsync(log.Decision($"u{i}") with { Revision = 2, Release = new("motor-quote", 1 + i % 2) });
        log.Time.Now = log.Time.Now.AddDays(7);
        var report = await ReadAsync(desk, log, experiment);
        Assert.Equal(Verdict.Undecided, report.Verdict);
        Assert.Contains("'converted'", report.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_decision_is_valued_once_when_it_is_old_enough()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var slow = Quote with { Maturity = TimeSpan.FromDays(30), Terms = [new() { Outcome = "claim_cost", Factor = -1 }] };
        var experiment = await StartAsync(desk, log, share: 0.4, slow);
        var decisions = new List<DecisionRecord>();
        for (var i = 0; i < 400; i++)
        {
            var isMine = i % 5 < 2;
            decisions.Add(
                log.Decision($"u{i}") with
                {
                    Revision = 2,
                    Release = new("motor-quote", isMine ? 2 : 1),
                    Arm = isMine ? ReleaseRole.Challenger : ReleaseRole.Champion,
                    Probability = isMine ? 0.4 : 0.6,
                }
            );
            await log.Log.AppendAsync(decisions[^1]);
        }
        // Known on the 30th day: 100 each. Known later: 900 for the challenger's, which changes nothing.
        await log.Log.AppendAsync([
            .. decisions.Select(
                (one, i) => LogDesk.Outcome(one, $"a{i}", 100 + i % 3, "claim_cost") with { ValuationDate = new(2026, 3, 20) }
            ),
        ]);
        await log.Log.AppendAsync([
            .. decisions
                .Where(one => one.Release.Version == 2)
                .Select((one, i) => LogDesk.Outcome(one, $"b{i}", 900, "claim_cost", day: 20)),
        ]);
        log.Time.Now = log.Time.Now.AddDays(29);
        Assert.True(double.IsNaN((await ReadAsync(desk, log, experiment)).Value));
        log.Time.Now = log.Time.Now.AddDays(60);
        var report = await ReadAsync(desk, log, experiment);
        Assert.InRange(report.Value, -0.5, 0.5);
        Assert.Equal(400, report.Decisions);
    }

    [Fact]
    public async Task A_second_experiment_on_the_same_release_waits_for_the_end_of_the_first()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var first = await StartAsync(desk, log, share: 0.4);
        var refused = await Faults.OfAsync(() => desk.Registry.StartExperimentAsync(Draft(first.Release, Quote)));
        Assert.Equal("HLY5232", refused.Code);
        await desk.Registry.StopExperimentAsync(first.Id, await ReadAsync(desk, log, first), Desk.Alice, "no use");
        desk.Time.Now = desk.Time.Now.AddDays(1);
        var second = await desk.Registry.StartExperimentAsync(Draft(first.Release, Quote));
        Assert.Equal(
            [first.Id, second.Id],
            (await desk.Registry.ExperimentsAsync("production")).Select(one => one.Experiment.Id)
        );
    }

    [Fact]
    public async Task Widening_a_share_moves_no_unit_that_is_in_and_stays_the_same_experiment()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var experiment = await StartAsync(desk, log, share: 0.1);
        var before = new ArmAssigner("production", "motor-quote", (await desk.Registry.LiveAsync("production"))[0].Arms);
        var wider = await desk.PromoteAsync(experiment.Release, ReleaseRole.Challenger, 0.3);
        var after = new ArmAssigner("production", "motor-quote", wider.Arms);
        for (var i = 0; i < 2000; i++)
        {
            if (before.Assign($"u{i}").Role == ReleaseRole.Challenger)
                Assert.Equal(ReleaseRole.Challenger, after.Assign($"u{i}").Role);
        }
        var shares = ExperimentTally.SharesOf(experiment, await desk.Registry.HistoryAsync("production"));
        Assert.Equal([0.1, 0.3], shares.OrderBy(share => share.Key).Select(share => Math.Round(share.Value.Mine, 5)));
    }

    [Fact]
    public async Task A_new_split_is_a_new_experiment()
    {
        await using var desk = new Desk();
        await using var log = new LogDesk();
        var experiment = await StartAsync(desk, log, share: 0.1);
        await desk.Registry.WithdrawAsync("production", experiment.Release, Desk.Alice, "pause");
        await desk.PromoteAsync(experiment.Release, ReleaseRole.Challenger, 0.1);
        var history = await desk.Registry.HistoryAsync("production");
        // Revisions 1 champion, 2 challenger, 3 out, 4 in again: with new units.
        Assert.Equal([2L], ExperimentTally.SharesOf(experiment, history).Keys);
        Assert.Contains(
            "a new split is a new experiment",
            (await ReadAsync(desk, log, experiment)).Notes[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_cannot_be_an_experiment_is_refused_with_the_remedy()
    {
        await using var desk = new Desk();
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        Assert.Equal("HLY5231", (await Faults.OfAsync(() => desk.Registry.StartExperimentAsync(Draft(two, Quote)))).Code);
        await desk.PromoteAsync(two, ReleaseRole.Shadow);
        var unknown = Quote with { ExpectedOutput = null };
        Assert.Equal("HLY5236", (await Faults.OfAsync(() => desk.Registry.StartExperimentAsync(Draft(two, unknown)))).Code);
        var endless = Draft(two, Quote) with { PlannedDecisions = 0 };
        Assert.Equal("HLY5235", (await Faults.OfAsync(() => desk.Registry.StartExperimentAsync(endless))).Code);
        Assert.Equal("HLY5233", (await Faults.OfAsync(() => desk.Registry.FindExperimentAsync("no-such"))).Code);
    }

    [Fact]
    public async Task A_plan_is_made_from_the_logs_own_traffic_and_spread()
    {
        await using var log = new LogDesk();
        await new QuoteBook(log) { Customers = 1000 }.PlayAsync(revision: 1, weeks: 4, champion: 1);
        var query = new ValueQuery { Environment = "production", AsOf = log.Time.Now };
        var traffic = await ExperimentPlanner.FromLogAsync(log.Reader, Quote, query);
        Assert.Equal(250, traffic.UnitsPerWeek, 1.0);
        Assert.Equal(1.5, traffic.DecisionsPerUnit, 9);
        // Half buy at 400 with a claim of 150 ± 29: a spread of √(125² + 29²/2).
        Assert.InRange(traffic.Spread, 125, 130);
        var plan = ExperimentPlanner.ForEffect(traffic, (0.5, 0.5), 20, TimeSpan.Zero);
        Assert.InRange(plan.Weeks, 9, 13);
        Assert.True(plan.DetectableInOneLook < plan.Detectable);
        var little = await Faults.OfAsync(() =>
            ExperimentPlanner.FromLogAsync(log.Reader, Quote with { Maturity = TimeSpan.FromDays(400) }, query)
        );
        Assert.Equal("HLY5235", little.Code);
    }

    static async Task<Experiment> StartAsync(Desk desk, LogDesk log, double share, ValueDefinition? value = null)
    {
        var (one, two) = (await desk.ReleaseAsync("one"), await desk.ReleaseAsync("two"));
        await desk.PromoteAsync(one);
        await desk.PromoteAsync(two, share > 0 ? ReleaseRole.Challenger : ReleaseRole.Shadow, share);
        desk.Time.Now = log.Time.Now;
        return await desk.Registry.StartExperimentAsync(Draft(two, value ?? Quote));
    }

    static ExperimentDraft Draft(VersionId release, ValueDefinition value) =>
        new()
        {
            Environment = "production",
            Release = release,
            Value = value,
            Length = TimeSpan.FromDays(90),
            PlannedDecisions = 4000,
            By = Desk.Alice,
            Why = "is it better?",
        };

    static async Task<ExperimentReport> ReadAsync(Desk desk, LogDesk log, Experiment experiment)
    {
        desk.Time.Now = log.Time.Now;
        return await ExperimentReader.ReadAsync(
            log.Reader,
            experiment,
            await desk.Registry.HistoryAsync(experiment.Environment, experiment.Decision),
            log.Time.Now
        );
    }
}

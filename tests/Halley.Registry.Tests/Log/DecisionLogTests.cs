using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class DecisionLogTests
{
    [Fact]
    public async Task A_decision_comes_back_byte_for_byte_with_its_shadows_and_outcomes()
    {
        await using var desk = new LogDesk();
        var record = desk.Decision(requestKey: "r1") with
        {
            Purpose = Purpose.WhatIf,
            Fallback = "previous release",
            CheckProbability = 0.02,
            Checked = true,
            Simulated = true,
        };
        Assert.Equal(AppendStatus.Appended, (await desk.Log.AppendAsync(record)).Status);
        await desk.Log.AppendAsync(desk.Shadow(record));
        await desk.Log.AppendAsync(desk.Shadow(record, error: "timed out after 50 ms"));
        await desk.Log.AppendAsync([LogDesk.Outcome(record, "o1")]);
        var found = (await desk.Reader.FindAsync(record.Id))!;
        AssertSame(record, found.Decision);
        Assert.Equal(
            [null, "timed out after 50 ms"],
            found.Shadows.OrderBy(shadow => shadow.Error).Select(shadow => shadow.Error)
        );
        Assert.Equal("{\"premium\":399.00}"u8.ToArray(), found.Shadows.Single(shadow => shadow.Error is null).Outputs.ToArray());
        Assert.Equal(LogDesk.Outcome(record, "o1"), Assert.Single(found.Outcomes).Outcome);
        Assert.Null(await desk.Reader.FindAsync(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task A_retry_with_the_same_body_gets_the_first_decision_and_is_logged_once()
    {
        await using var desk = new LogDesk();
        var first = desk.Decision(requestKey: "r1");
        await desk.Log.AppendAsync(first);
        var again = await desk.Log.AppendAsync(desk.Decision(requestKey: "r1") with { Outputs = Desk.Bytes("{}") });
        Assert.Equal(AppendStatus.Repeated, again.Status);
        AssertSame(first, again.Record);
        AssertSame(first, (await desk.Reader.FindByKeyAsync("production", "motor-quote", "r1"))!);
        Assert.Null(await desk.Reader.FindByKeyAsync("staging", "motor-quote", "r1"));
        Assert.Equal(1, desk.Log.Head.Seq);
    }

    [Fact]
    public async Task A_retry_with_another_body_is_a_conflict_and_is_not_logged()
    {
        await using var desk = new LogDesk();
        var first = desk.Decision(requestKey: "r1");
        await desk.Log.AppendAsync(first);
        var other = await desk.Log.AppendAsync(desk.Decision(requestKey: "r1", requestBody: "{\"age\":41}"));
        Assert.Equal((AppendStatus.Conflict, first.Id), (other.Status, other.Record.Id));
        Assert.Equal(1, desk.Log.Head.Seq);
    }

    [Fact]
    public async Task A_retry_after_a_restart_gets_the_first_decision()
    {
        await using var desk = new LogDesk();
        var first = desk.Decision(requestKey: "r1");
        await desk.Log.AppendAsync(first);
        await desk.Log.DisposeAsync();
        var again = await desk.OpenLog().AppendAsync(desk.Decision(requestKey: "r1"));
        Assert.Equal((AppendStatus.Repeated, first.Id), (again.Status, again.Record.Id));
    }

    [Fact]
    public async Task Of_many_retries_at_once_over_two_writers_one_is_logged_and_all_get_it()
    {
        await using var desk = new LogDesk();
        var other = desk.OpenLog();
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => Task.Run(() => (i % 2 == 0 ? desk.Log : other).AppendAsync(desk.Decision(requestKey: $"r{i / 20}"))))
        );
        Assert.Equal(10, results.Count(result => result.Status == AppendStatus.Appended));
        foreach (var group in results.GroupBy(result => result.Record.RequestKey))
        {
            Assert.Equal(20, group.Count());
            Assert.Single(group.Select(result => result.Record.Id).Distinct());
        }
        Assert.Equal(10, desk.Log.Head.Seq + other.Head.Seq);
    }

    [Fact]
    public async Task Callers_that_come_together_share_commits_and_all_are_logged()
    {
        await using var desk = new LogDesk();
        var records = Enumerable.Range(0, 2000).Select(i => desk.Decision($"policy-{i}")).ToList();
        await Task.WhenAll(records.Select(record => desk.Log.AppendAsync(record)));
        var logged = new List<Guid>();
        await foreach (var record in desk.Reader.DecisionsAsync(new()))
            logged.Add(record.Id);
        Assert.Equal(records.Select(record => record.Id).Order(), logged.Order());
        Assert.True((await desk.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task A_full_queue_tells_the_caller_to_come_back_and_nothing_else_suffers()
    {
        await using var desk = new LogDesk(queueCapacity: 4);
        // Another process holds the file: the writer waits and the queue fills.
        using var holder = SqliteFile.Open(desk.LogFile);
        using var transaction = holder.BeginTransaction(deferred: false);
        var accepted = new List<Task>();
        HalleyException? refused = null;
        for (var i = 0; i < 20 && refused is null; i++)
        {
            try
            {
                accepted.Add(desk.Log.AppendAsync(desk.Decision()));
                await Task.Delay(i == 0 ? 100 : 0);
                if (accepted[^1].IsFaulted)
                {
                    var task = accepted[^1];
                    accepted.Remove(task);
                    await task;
                }
            }
            catch (HalleyException fault)
            {
                refused = fault;
            }
        }
        Assert.Equal(
            "HLY5401: the decision log cannot take more: 4 appends wait for the disk. Nothing was logged; send the request again in a second.",
            refused!.Message
        );
        Assert.Equal(DecisionLog.BusyCode, refused.Code);
        transaction.Rollback();
        await Task.WhenAll(accepted);
        Assert.Equal(accepted.Count, desk.Log.Head.Seq);
    }

    [Fact]
    public async Task A_full_disk_refuses_loses_nothing_acknowledged_and_recovers_when_there_is_space()
    {
        await using var desk = new LogDesk();
        var full = new SqliteLogStore(desk.LogFile) { MaximumPages = 40 };
        var session = full.OpenSession(new(Guid.CreateVersion7(), desk.Time.Now, "machine", 1));
        var acknowledged = new List<Guid>();
        HalleyException? refused = null;
        for (var i = 0; i < 1000 && refused is null; i++)
        {
            var group = Enumerable
                .Range(0, 5)
                .Select(n => RecordJson.Entry(desk.Decision($"policy-{i}-{n}", $"key-{i}-{n}")))
                .ToList();
            try
            {
                session.Append(group);
                acknowledged.AddRange(group.Select(entry => entry.Id));
            }
            catch (HalleyException fault)
            {
                refused = fault;
            }
        }
        Assert.Equal(
            $"HLY5002: the disk that holds '{desk.LogFile}' is full. Free space; then the same call works again.",
            refused!.Message
        );
        Assert.Equal(FaultKind.Environment, refused.Kind);
        Assert.NotEmpty(acknowledged);
        Assert.Equal(acknowledged.Count, session.Head.Seq);
        foreach (var id in acknowledged)
            Assert.NotNull(await desk.Reader.FindAsync(id));

        // A key of the refused group was not taken, and the chain goes on behind the last durable record.
        ((SqliteLogSession)session).LiftPageLimit();
        Assert.Null(session.Append([RecordJson.Entry(desk.Decision("late", "late"))])[0]);
        Assert.Equal(acknowledged.Count + 1, session.Head.Seq);
        session.Dispose();
        Assert.True((await desk.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task Every_caller_of_a_failed_commit_hears_it_and_the_next_group_is_a_new_attempt()
    {
        await using var desk = new LogDesk(maximumPages: 20);
        var big = desk.Decision() with { Inputs = Desk.Bytes($"{{\"text\":\"{new string('x', 200_000)}\"}}") };
        var tasks = Enumerable
            .Range(0, 10)
            .Select(_ => Faults.OfAsync(() => desk.Log.AppendAsync(big with { Id = Guid.CreateVersion7() })));
        Assert.All(await Task.WhenAll(tasks), fault => Assert.Equal("HLY5002", fault.Code));
        await desk.Log.AppendAsync(desk.Decision());
        Assert.Equal(1, desk.Log.Head.Seq);
        Assert.True((await desk.VerifyAsync()).IsWhole);
    }

    [Fact]
    public async Task A_closed_log_takes_nothing_and_has_written_all_it_took()
    {
        await using var desk = new LogDesk();
        var tasks = Enumerable.Range(0, 100).Select(_ => desk.Log.AppendAsync(desk.Decision())).ToList();
        await desk.Log.DisposeAsync();
        await Task.WhenAll(tasks);
        Assert.Equal(100, await desk.Store.CountAsync(default));
        var fault = await Faults.OfAsync(() => desk.Log.AppendAsync(desk.Decision()));
        Assert.Equal(
            "HLY5403: the decision log is closed: the process is stopping. Nothing was logged; send the request again.",
            fault.Message
        );
    }

    [Fact]
    public async Task A_record_that_could_not_be_read_back_is_refused()
    {
        await using var desk = new LogDesk();
        var record = desk.Decision();
        Assert.Equal(
            "HLY5404: the decision cannot be logged: unit_id is empty.",
            await MessageAsync(desk, record with { UnitId = "" })
        );
        Assert.Equal(
            "HLY5404: the decision cannot be logged: the arm's probability is 0; it must lie in (0, 1].",
            await MessageAsync(desk, record with { Probability = 0 })
        );
        Assert.StartsWith(
            "HLY5402: the outputs of the record are not JSON:",
            await MessageAsync(desk, record with { Outputs = Desk.Bytes("{\"a\":") })
        );
        Assert.Equal(0, desk.Log.Head.Seq);
    }

    [Fact]
    public async Task Reading_a_window_gives_the_decisions_of_that_time()
    {
        await using var desk = new LogDesk();
        var records = await desk.AppendAsync(20);
        var window = new LogQuery { From = records[5].Time, To = records[15].Time };
        var read = new List<string>();
        await foreach (var record in desk.Reader.DecisionsAsync(window))
            read.Add(record.UnitId);
        Assert.Equal(records[5..15].Select(record => record.UnitId), read);
    }

    [Fact]
    public async Task Ids_grow_within_a_millisecond_and_when_the_clock_goes_back()
    {
        await using var desk = new LogDesk();
        var ids = Enumerable.Range(0, 5000).Select(_ => desk.Log.NewId()).ToList();
        desk.Time.Now -= TimeSpan.FromHours(1);
        ids.AddRange(Enumerable.Range(0, 10).Select(_ => desk.Log.NewId()));
        Assert.All(ids, id => Assert.Equal((7, 2), (id.Version, id.Variant >> 2)));
        var texts = ids.Select(id => id.ToString()).ToList();
        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    static async Task<string> MessageAsync(LogDesk desk, DecisionRecord record) =>
        (await Faults.OfAsync(() => desk.Log.AppendAsync(record))).Message;

    static void AssertSame(DecisionRecord expected, DecisionRecord actual)
    {
        Assert.Equal(expected.Inputs.ToArray(), actual.Inputs.ToArray());
        Assert.Equal(expected.Outputs.ToArray(), actual.Outputs.ToArray());
        Assert.Equal(expected.Steps.ToArray(), actual.Steps.ToArray());
        Assert.Equal(expected.Reasons.ToArray(), actual.Reasons.ToArray());
        DecisionRecord Bare(DecisionRecord record) =>
            record with
            {
                Inputs = default,
                Outputs = default,
                Steps = default,
                Reasons = default,
            };
        Assert.Equal(Bare(expected), Bare(actual));
    }
}

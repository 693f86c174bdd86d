using Halley.Data;

namespace Halley.Registry.Tests;

/// <summary>The database, or the way to it, breaks at the worst moments.</summary>
public sealed class PostgresFaultTests(PostgresDatabases databases)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_off_in_the_middle_of_a_commit_a_retry_finds_one_decision_and_the_chain_is_whole(bool committed)
    {
        await using var desk = new PostgresLogDesk(databases);
        var first = desk.Decision("k-1");
        await desk.Log.AppendAsync(first);
        desk.Proxy.Next = committed ? Cut.AfterCommit : Cut.BeforeCommit;
        var cut = desk.Decision("k-2");
        var fault = await Faults.OfAsync(() => desk.Log.AppendAsync(cut));
        Assert.Equal((DecisionLog.InDoubtCode, FaultKind.Environment), (fault.Code, fault.Kind));
        Assert.Contains("it is not known whether the change took effect", fault.Message, StringComparison.Ordinal);
        // The caller sends again, as it was told, with another id as another server would give it.
        var again = await desk.Log.AppendAsync(desk.Decision("k-2"));
        Assert.Equal(committed ? AppendStatus.Repeated : AppendStatus.Appended, again.Status);
        if (committed)
            Assert.Equal(cut.Id, again.Record.Id);
        await desk.Log.AppendAsync(desk.Decision("k-3"));
        await desk.AssertKeysAsync("k-1", "k-2", "k-3");
    }

    [Fact]
    public async Task A_line_that_hangs_is_given_up_within_the_statement_timeout_and_its_session_is_ended()
    {
        await using var desk = new PostgresLogDesk(databases, "Command Timeout=1;Cancellation Timeout=500");
        await desk.Log.AppendAsync(desk.Decision("k-1"));
        desk.Proxy.Next = Cut.Hang;
        var fault = await Faults.OfAsync(() => desk.Log.AppendAsync(desk.Decision("k-2")));
        Assert.Equal(DecisionLog.InDoubtCode, fault.Code);
        var again = await desk.Log.AppendAsync(desk.Decision("k-2"));
        Assert.Equal(AppendStatus.Appended, again.Status);
        await desk.AssertKeysAsync("k-1", "k-2");
    }

    [Fact]
    public async Task A_promotion_that_was_cut_off_is_done_whole_or_not_at_all_and_may_be_repeated()
    {
        using var folder = new TemporaryFolder();
        using var proxy = new CuttingProxy(databases.Server.Port);
        await using var desk = new Desk(place => new PostgresRegistryStore(proxy.Through(databases.Of(place))));
        var release = await desk.ReleaseAsync("one");
        foreach (var (cut, revision) in new[] { (Cut.BeforeCommit, 1L), (Cut.AfterCommit, 2L) })
        {
            var request = await desk.Registry.RequestAsync(Desk.Draft(release), new());
            proxy.Next = cut;
            var fault = await Faults.OfAsync(() => desk.Registry.CompleteAsync(request.Id));
            Assert.Equal("HLY5018", fault.Code);
            Assert.Equal(revision, (await desk.Registry.CompleteAsync(request.Id)).Revision);
            release = await desk.ReleaseAsync($"after {revision}");
        }
        Assert.Equal([1L, 2L], (await desk.Registry.HistoryAsync()).Select(change => change.Revision));
    }

    [Fact]
    public async Task Stopped_the_database_is_told_in_words_and_its_return_needs_no_hands()
    {
        using var server = PostgresServer.StartNew();
        await using var desk = new PostgresLogDesk(server, server.NewDatabase());
        await desk.Log.AppendAsync(desk.Decision("k-1"));
        server.Stop();
        for (var i = 0; i < 2; i++)
        {
            var fault = await Faults.OfAsync(() => desk.Log.AppendAsync(desk.Decision("k-2")));
            Assert.StartsWith("HLY5011: the database at 127.0.0.1:", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith("the next call tries again by itself.", fault.Message, StringComparison.Ordinal);
        }
        server.Start();
        Assert.Equal(AppendStatus.Appended, (await desk.Log.AppendAsync(desk.Decision("k-2"))).Status);
        // As a power cut does it: the database recovers from its own log.
        server.Stop(crash: true);
        server.Start();
        await desk.Log.AppendAsync(desk.Decision("k-3"));
        await desk.AssertKeysAsync("k-1", "k-2", "k-3");
    }

    [Fact]
    public async Task A_session_never_answers_before_the_flush_even_where_the_database_is_set_so()
    {
        using var server = PostgresServer.StartNew("synchronous_commit=off");
        await using var desk = new PostgresLogDesk(server, server.NewDatabase());
        await desk.Log.AppendAsync(desk.Decision("k-1"));
        Assert.Equal("on", desk.SettingOfWriter("synchronous_commit"));
    }

    [Fact]
    public async Task A_database_that_flushes_nothing_is_refused()
    {
        using var server = PostgresServer.StartNew("fsync=off");
        var fault = await Faults.OfAsync(() => Task.FromResult(new PostgresLogStore(server.NewDatabase())));
        Assert.Matches(
            "^HLY5017: the database at 127.0.0.1:[0-9]+/d[0-9a-f]+ runs with fsync = off: a power cut would take acknowledged decisions with it. Set fsync = on.$",
            fault.Message
        );
    }
}

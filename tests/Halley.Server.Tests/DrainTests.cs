using System.Collections.Concurrent;

namespace Halley.Server.Tests;

/// <summary>SIGTERM to a server under load.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task SIGTERM_under_load_fails_no_request_and_loses_no_answer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        await using var desk = await ServerDesk.PrepareAsync();
        var address = ServerProcess.FreeAddress();
        using var server = ServerProcess.Start(desk.Folder, address);
        await ServerProcess.StartedAsync(address);
        var (balanced, statuses, ids) = (true, new ConcurrentQueue<int>(), new ConcurrentQueue<string>());
        var servedAfter = 0;
        var isTold = false;
        async Task AskAsync(int caller)
        {
            using var client = new HttpClient { BaseAddress = new(address) };
            for (var i = 0; Volatile.Read(ref balanced); i++)
            {
                var wasTold = Volatile.Read(ref isTold);
                var body = $$"""{"request_id":"{{caller}}-{{i}}","inputs":{{Sample.Record}} }""";
                using var response = await client.PostAsync(
                    "/v1/decisions/quote",
                    new StringContent(body),
                    TestContext.Current.CancellationToken
                );
                var reply = await Reply.OfAsync(response);
                statuses.Enqueue(reply.Status);
                ids.Enqueue(reply["decision_id"]);
                if (wasTold)
                    Interlocked.Increment(ref servedAfter);
            }
        }
        var load = Enumerable.Range(0, 4).Select(caller => Task.Run(() => AskAsync(caller))).ToArray();
        while (statuses.Count < 50)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await ServerProcess.TerminateAsync(server);
        // What a balancer does: it asks whether the server is ready, and sends nothing more some time after it is not.
        using (var client = new HttpClient { BaseAddress = new(address) })
        {
            Reply ready;
            do ready = await ServerProcess.ReadyAsync(client);
            while (ready.Status == 200);
            Assert.Equal((503, "not ready"), (ready.Status, ready["status"]));
            Volatile.Write(ref isTold, true);
            while (Volatile.Read(ref servedAfter) < 20)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            Volatile.Write(ref balanced, false);
            await Task.WhenAll(load);
            // Both protocols say so, for as long as they are served.
            using var other = await client.GetAsync("/v2/health/ready", TestContext.Current.CancellationToken);
            Assert.Equal(400, (int)other.StatusCode);
        }
        // The second signal ends the wait.
        await ServerProcess.TerminateAsync(server);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.ExitCode);
        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var id in ids)
            Assert.NotNull(await desk.Store.LogReader.FindAsync(Guid.Parse(id), TestContext.Current.CancellationToken));
        var check = await desk.Store.VerifyLogAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.True(check.IsWhole);
    }

    [Fact]
    public async Task Without_a_drain_it_ends_at_once_after_what_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        await using var desk = await ServerDesk.PrepareAsync();
        var address = ServerProcess.FreeAddress();
        using var server = ServerProcess.Start(desk.Folder, address, ("HALLEY_DRAIN_SECONDS", "0"));
        await ServerProcess.StartedAsync(address);
        await ServerProcess.TerminateAsync(server);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task A_variable_that_is_no_number_is_named()
    {
        await using var desk = await ServerDesk.PrepareAsync();
        using var server = ServerProcess.Start(desk.Folder, ServerProcess.FreeAddress(), ("HALLEY_REQUEST_RATE", "many"));
        var text = await server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, server.ExitCode);
        Assert.Contains(
            "HLY6000: the server can't start: HALLEY_REQUEST_RATE is 'many', which is no number.",
            text,
            StringComparison.Ordinal
        );
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Halley.Server.Tests;

/// <summary>SIGTERM to a server under load.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task SIGTERM_under_load_fails_no_request_and_loses_no_answer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        await using var desk = await ServerDesk.PrepareAsync();
        var address = FreeAddress();
        using var server = Start(desk.Folder, address);
        await StartedAsync(address);
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
        await TerminateAsync(server);
        // What a balancer does: it asks whether the server is ready, and sends nothing more some time after it is not.
        using (var client = new HttpClient { BaseAddress = new(address) })
        {
            Reply ready;
            do ready = await ReadyAsync(client);
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
        await TerminateAsync(server);
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
        var address = FreeAddress();
        using var server = Start(desk.Folder, address, ("HALLEY_DRAIN_SECONDS", "0"));
        await StartedAsync(address);
        await TerminateAsync(server);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task A_variable_that_is_no_number_is_named()
    {
        await using var desk = await ServerDesk.PrepareAsync();
        using var server = Start(desk.Folder, FreeAddress(), ("HALLEY_REQUEST_RATE", "many"));
        var text = await server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, server.ExitCode);
        Assert.Contains(
            "HLY6000: the server can't start: HALLEY_REQUEST_RATE is 'many', which is no number.",
            text,
            StringComparison.Ordinal
        );
    }

    /// <summary>The server as a process of its own.</summary>
    static Process Start(string folder, string address, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Halley.Server"))
        {
            ArgumentList = { folder, "production", address },
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    static async Task TerminateAsync(Process server)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    static async Task StartedAsync(string address)
    {
        using var client = new HttpClient { BaseAddress = new(address) };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if ((await ReadyAsync(client)).Status == 200)
                    return;
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // It does not listen yet.
            }
            await Task.Delay(20, patience.Token);
        }
    }

    static async Task<Reply> ReadyAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }

    static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}

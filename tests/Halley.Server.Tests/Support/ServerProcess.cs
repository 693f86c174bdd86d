using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Halley.Server.Tests;

/// <summary>The server as a process of its own, with its own environment.</summary>
static class ServerProcess
{
    /// <summary>Starts it over a store's folder.</summary>
    public static Process Start(string folder, string address, params (string Name, string Value)[] variables)
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

    public static async Task TerminateAsync(Process server)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public static async Task StartedAsync(string address)
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

    public static async Task<Reply> ReadyAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }

    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}

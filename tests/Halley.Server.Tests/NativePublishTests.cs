using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Halley.Server.Tests;

/// <summary>The server as one native file: its path holds nothing that needs a compiler at run time.</summary>
[Trait("Category", "Slow")]
public sealed class NativePublishTests
{
    [Fact]
    public async Task Published_as_native_AOT_without_a_warning_it_decides()
    {
        Tool.Require("cc", "gcc");
        using var output = new TemporaryFolder();
        var runtime = RuntimeInformation.RuntimeIdentifier;
        var (code, text) = await PublishAsync(runtime, Path.Combine(output.Path, "out"), Path.Combine(output.Path, "artifacts"));
        Assert.True(code == 0, text);
        Assert.DoesNotContain("warning", text, StringComparison.OrdinalIgnoreCase);

        await using var desk = await ServerDesk.PrepareAsync();
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(Path.Combine(output.Path, "out", "Halley.Server"))
        {
            ArgumentList = { desk.Folder, "production", address },
        };
        using var native = Process.Start(start)!;
        try
        {
            desk.Client.BaseAddress = new(address);
            await ReadyAsync(desk);
            var first = await desk.DecideAsync(requestId: "r-1", explain: true);
            var answer = first.Good();
            Assert.Equal("accept", (string)answer["action"]!);
            Assert.True((decimal)answer["outputs"]!["premium"]! > 0);
            Assert.Equal(first.Text, (await desk.DecideAsync(requestId: "r-1", explain: true)).Text);
            (await desk.DecideAsync("""{"age":NaN}""")).Bad(400, "HLY6004");
            foreach (var read in new[] { "/v1/overview", "/openapi.json", "/v1/decisions", $"/v1/log/{answer["decision_id"]}" })
                (await desk.GetAsync(read)).Good();
            Assert.Contains("halley_decisions_total", (await desk.GetAsync("/metrics")).Text, StringComparison.Ordinal);
        }
        finally
        {
            native.Kill();
            await native.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Publishes with intermediate files of its own, so that other builds are not disturbed.</summary>
    static async Task<(int Code, string Text)> PublishAsync(string runtime, string output, string artifacts)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = ProjectRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "publish",
                "src/Halley.Server",
                "-c",
                "Release",
                "-r",
                runtime,
                "--self-contained",
                "-p:PublishAot=true",
                "-p:TreatWarningsAsErrors=true",
                "-v",
                "q",
                "--nologo",
                "-o",
                output,
                "--artifacts-path",
                artifacts,
            },
        };
        using var publish = Process.Start(start)!;
        var (text, errors) = (publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (publish.ExitCode, await text + await errors);
    }

    static async Task ReadyAsync(ServerDesk desk)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                if ((await desk.GetAsync("/health/ready")).Status == 200)
                    return;
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // It does not listen yet.
            }
            await Task.Delay(20, patience.Token);
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Halley.Bench;

/// <summary>The decision server as one native file, held to the first core, with an empty endpoint beside its own.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Process process;
    readonly HttpClient client;

    ServerProcess(Process process, string address)
    {
        (this.process, Address) = (process, address);
        client = new() { BaseAddress = new(address) };
    }

    public string Address { get; }

    /// <summary>Resident memory now, MB.</summary>
    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Publishes the server as native code; the path of the program.</summary>
    public static string Publish()
    {
        var output = Path.Combine(Shared.ProjectRoot, "bench", "Halley.Bench.Server", "bin", "native");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish",
                "bench/Halley.Bench.Server",
                "-c",
                "Release",
                "-r",
                System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier,
                "--self-contained",
                "-p:PublishAot=true",
                "-v",
                "q",
                "--nologo",
                "-o",
                output,
                "--artifacts-path",
                Path.Combine(output, "artifacts"),
            ]
        )
        {
            WorkingDirectory = Shared.ProjectRoot,
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var printed = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0
            ? Path.Combine(output, "Halley.Bench.Server")
            : throw new InvalidOperationException($"the server could not be published: {printed}");
    }

    /// <summary>Starts the server on a store's production environment and waits until it decides.</summary>
    /// <param name="emptyBytes">Bytes that the empty endpoint answers.</param>
    public static async Task<ServerProcess> StartAsync(string program, string store, int emptyBytes)
    {
        var address = $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        var start = new ProcessStartInfo(
            "taskset",
            ["-c", "0", program, store, "production", address, emptyBytes.ToString(CultureInfo.InvariantCulture)]
        );
        var server = new ServerProcess(Process.Start(start)!, address);
        var patience = Stopwatch.StartNew();
        while (!await server.IsReadyAsync())
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(30))
                throw new InvalidOperationException("the server did not become ready within 30 s.");
            await Task.Delay(20);
        }
        return server;
    }

    /// <summary>The answer to one request.</summary>
    /// <exception cref="InvalidOperationException">It is no answer of 200.</exception>
    public async Task<byte[]> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(path, content);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK
            ? bytes
            : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
    }

    async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        client.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}

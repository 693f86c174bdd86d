using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Halley.Testing;

/// <summary>A PostgreSQL server of the tests' own, in a temporary folder and on a free port of the loopback address.</summary>
/// <remarks>It flushes its commits as a real one does: some tests stop it in the middle of them.</remarks>
public sealed class PostgresServer : IDisposable
{
    const string User = "halley";

    // PostgreSQL refuses to run as root: then its own user runs it.
    static readonly bool AsPostgres = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    readonly string folder = Directory.CreateTempSubdirectory("halley-postgres-").FullName;
    readonly string programs;
    readonly string[] settings;

    PostgresServer(string programs, string[] settings)
    {
        (this.programs, this.settings) = (programs, settings);
        Port = FreePort();
        if (AsPostgres)
            Run("chown", "postgres", folder);
        Program("initdb", "-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Start();
    }

    public int Port { get; }

    string Data => Path.Combine(folder, "data");

    /// <summary>Makes and starts a server; skips the running test where PostgreSQL is not installed.</summary>
    /// <param name="settings">Further settings, each <c>name=value</c>.</param>
    public static PostgresServer StartNew(params string[] settings)
    {
        const string Debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(path => path, StringComparer.Ordinal).FirstOrDefault()
            : null;
        var programs = installed is null
            ? Path.GetDirectoryName(Tool.Require("initdb", "postgresql"))!
            : Path.Combine(installed, "bin");
        return new(programs, settings);
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public string NewDatabase()
    {
        var name = $"d{Guid.NewGuid():N}";
        Program("createdb", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, name);
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username={User}");

    public void Start()
    {
        string[] options =
        [
            string.Create(CultureInfo.InvariantCulture, $"port={Port}"),
            "listen_addresses=127.0.0.1",
            $"unix_socket_directories={folder}",
            .. settings,
        ];
        var text = string.Join(' ', options.Select(option => $"-c {option}"));
        Program("pg_ctl", "-D", Data, "-l", Path.Combine(folder, "log"), "-w", "-o", text, "start");
    }

    /// <summary>Ends all sessions at once; with <paramref name="crash"/> as a power cut would, so that it has to recover.</summary>
    public void Stop(bool crash = false) => Program("pg_ctl", "-D", Data, "-w", "-m", crash ? "immediate" : "fast", "stop");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            Stop(crash: true);
        Directory.Delete(folder, recursive: true);
    }

    void Program(string name, params string[] arguments)
    {
        var path = Path.Combine(programs, name);
        if (AsPostgres)
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    void Run(string program, params string[] arguments)
    {
        // No pipes: the server inherits them and would keep them open. A file each, as tests make databases side by side.
        var output = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(folder)}-{Guid.NewGuid():N}.out");
        var start = new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, program },
            WorkingDirectory = "/",
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        var said = File.ReadAllText(output);
        File.Delete(output);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {said}");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using Halley.Registry;

namespace Halley.Simulation;

/// <summary>One history: servers on one machine, callers, promotions, and faults, all drawn from a seed.</summary>
/// <remarks>
/// Operations run one after the other, so that a seed gives one history. A caller sends each key until it is answered, as a
/// real one does; an answer that is lost on its way promises nothing, but a repetition of it must agree. What is lost stays
/// lost and what counts twice goes on counting twice, so that all of it is looked through now and then and at the end; after
/// each crash what was acknowledged last is.
/// </remarks>
sealed partial class History : IAsyncDisposable
{
    const string Environment = "production";
    const string Name = "quote";
    const int OperationsBetweenChecks = 500;
    static readonly Actor Robot = Actor.Unverified("robot");
    static readonly string KeyPem = NewKey();

    readonly HistorySettings settings;
    readonly Random random;
    readonly SimulatedClock clock = new();
    readonly SimulatedDisk disk;
    readonly string folder = Directory
        .CreateDirectory(
            Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"halley-simulation-{Guid.NewGuid():N}")
        )
        .FullName;
    readonly StorePlaces places;
    readonly List<SimulatedServer> servers = [];
    readonly Promises promises = new();
    readonly List<string> trace = [];
    int started;

    History(HistorySettings settings)
    {
        this.settings = settings;
#pragma warning disable RS0030 // The seed is explicit: it is the history's own.
        random = new(settings.Seed);
#pragma warning restore RS0030
        disk = new() { SkipsSync = settings.SkipsSync };
        places = new()
        {
            Artefacts = Path.Combine(folder, "artefacts"),
            Heads = Path.Combine(folder, "heads"),
            SigningKey = KeyPem,
        };
    }

    internal static async Task<HistoryResult> RunAsync(HistorySettings settings)
    {
        await using var history = new History(settings);
        var at = 0;
        try
        {
            await history.StartAsync();
            for (at = 1; at <= settings.Operations; at++)
            {
                history.trace.Add(await history.StepAsync());
                if (history.disk.IsOff)
                    history.trace[^1] += $"; {await history.PowerCutAsync()} in the middle";
                if (at % OperationsBetweenChecks == 0)
                    await history.CheckAllAsync();
            }
            await history.PowerCutAsync();
            await history.CheckAllAsync();
            return new(null, history.trace);
        }
        catch (BrokenPromiseException broken)
        {
            return new($"operation {at}: {broken.Message}", history.trace);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await EndAsync(server, inOrder: true);
        SimulatedVfs.Remove(folder);
        disk.Free();
        Directory.Delete(folder, recursive: true);
    }

    async Task StartAsync()
    {
        SimulatedVfs.Mount(folder, disk);
        for (var i = 0; i < settings.Servers; i++)
            servers.Add(await BootAsync());
        var first = await NewReleaseAsync(servers[0]);
        promises.Changed(await servers[0].Registry.PromoteAsync(Draft(first, ReleaseRole.Champion, 0), new()));
        foreach (var server in servers)
            await server.Routes.RefreshAsync(CancellationToken.None);
    }

    Task<string> StepAsync() =>
        random.Next(1000) switch
        {
            < 680 => DecideAsync(),
            < 700 => LateAsync(),
            < 800 => OutcomeAsync(),
            < 812 => PromoteAsync(),
            < 816 => StartCanaryAsync(),
            < 826 => CheckCanariesAsync(),
            < 828 => AbortCanaryAsync(),
            < 900 => RefreshAsync(),
            < 970 => Task.FromResult(Clock()),
            < 992 => Task.FromResult(Arm()),
            < 998 => KillAsync(),
            _ => PowerCutAsync(),
        };

    SimulatedServer AnyServer() => servers[random.Next(servers.Count)];

    static string NewKey()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}

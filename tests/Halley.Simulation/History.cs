using System.Globalization;
using System.Text;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;
using Halley.Server;

namespace Halley.Simulation;

/// <summary>One history: servers on one machine, callers, promotions, and faults, all drawn from a seed.</summary>
/// <remarks>
/// Operations run one after the other, so that a seed gives one history. A caller sends each key until it is answered, as a
/// real one does; an answer that is lost on its way promises nothing, but a repetition of it must agree.
/// </remarks>
sealed class History : IAsyncDisposable
{
    const string Environment = "production";
    const string Name = "quote";
    static readonly Actor Robot = Actor.Unverified("robot");

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
    readonly List<(string Key, int Number)> sent = [];
    readonly List<string> requests = [];
    int started;
    int prices;

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
            SigningKey = Path.Combine(folder, "signing.pem"),
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
                history.trace.Add(await history.StepAsync());
            await history.PowerCutAsync();
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
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        disk.Free();
        Directory.Delete(folder, recursive: true);
    }

    async Task StartAsync()
    {
        SimulatedVfs.Use(disk);
        SigningKey.LoadOrCreate(places.SigningKey!).Dispose();
        for (var i = 0; i < settings.Servers; i++)
            servers.Add(await BootAsync());
        var first = await ReleaseAsync(servers[0]);
        promises.Changed(await servers[0].Registry.PromoteAsync(Draft(first, ReleaseRole.Champion), new()));
        foreach (var server in servers)
            await server.Routes.RefreshAsync(CancellationToken.None);
    }

    Task<string> StepAsync() =>
        random.Next(100) switch
        {
            < 60 => DecideAsync(),
            < 70 => OutcomeAsync(),
            < 76 => PromoteAsync(),
            < 84 => RefreshAsync(),
            < 90 => Task.FromResult(Clock()),
            < 96 => Task.FromResult(Arm()),
            < 99 => KillAsync(),
            _ => PowerCutAsync(),
        };

    async Task<string> DecideAsync()
    {
        var server = AnyServer();
        var isNew = sent.Count == 0 || random.Next(3) > 0;
        if (isNew)
            sent.Add(($"k{sent.Count}", random.Next(1000)));
        var (key, number) = isNew ? sent[^1] : sent[random.Next(sent.Count)];
        var delivery = random.Next(10);
        if (delivery == 0)
            return $"decide {key}: request lost";
        var seen = server.Routes.Find(Name)?.Live.Arms ?? new LiveArms();
        var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"number\":{number}}}"));
        var call = new DecisionCall
        {
            Key = settings.ForgetsKeys && !isNew ? $"{key}-again" : key,
            UnitId = $"unit {key}",
            Inputs = body,
            Hash = ContentHash.Of(body),
        };
        string end;
        try
        {
            var outcome = await server.Decisions.DecideAsync(Name, call, CancellationToken.None);
            await server.SettleAsync();
            if (outcome is not DecisionOutcome.Decided decided)
                throw new BrokenPromiseException($"key {key} ended as {outcome.GetType().Name}");
            if (delivery == 1)
                return $"decide {key}: answer lost";
            promises.Answered(key, number, decided.Record, seen);
            end = decided.Repeated ? "repeated" : "decided";
        }
        catch (HalleyException fault) when (fault.Kind == FaultKind.Environment)
        {
            end = fault.Code;
        }
        return $"decide {key} at {servers.IndexOf(server)}: {end}";
    }

    async Task<string> OutcomeAsync()
    {
        if (promises.Answers.Count == 0)
            return "outcome: none yet";
        var key = promises.Answers.Keys.ElementAt(random.Next(promises.Answers.Count));
        var decision = promises.Answers[key].Id;
        var outcome = new Outcome
        {
            Id = $"o-{key}",
            DecisionId = decision,
            Kind = "converted",
            Value = 1,
            ValuationDate = new(2026, 3, 1),
        };
        var isLost = random.Next(10) == 0;
        try
        {
            var receipt = await AnyServer().Log.AppendAsync([outcome]);
            if (!isLost)
                promises.Took(outcome.Id, decision);
            return $"outcome of {key}: {receipt.Taken} taken{(isLost ? ", answer lost" : "")}";
        }
        catch (HalleyException fault) when (fault.Kind == FaultKind.Environment)
        {
            return $"outcome of {key}: {fault.Code}";
        }
    }

    async Task<string> PromoteAsync()
    {
        var server = AnyServer();
        try
        {
            var arms = Assert.Single(await server.Registry.LiveAsync(Environment)).Arms;
            var change = random.Next(5) switch
            {
                0 => await server.Registry.RollbackAsync(Environment, Name, Robot, "simulated"),
                1 when arms.Challengers.Count > 0 => await WithdrawAsync(server, arms.Challengers[0].Release),
                1 when arms.Shadows.Count > 0 => await WithdrawAsync(server, arms.Shadows[0]),
                2 when arms.Challengers.Count < 2 => await PutAsync(server, ReleaseRole.Challenger),
                3 when arms.Shadows.Count < 2 => await PutAsync(server, ReleaseRole.Shadow),
                _ => await PutAsync(server, ReleaseRole.Champion),
            };
            promises.Changed(change);
            if (settings.PromotesTwice && change.Request is not null)
                await AgainAsync(server, change);
            return $"change {change.Revision}: {change.Kind} {change.Release} {change.Role}";
        }
        catch (HalleyException fault) when (fault.Kind == FaultKind.Environment || fault.Code == "HLY5207")
        {
            return $"change: {fault.Code}";
        }
    }

    async Task<EnvironmentChange> PutAsync(SimulatedServer server, ReleaseRole role)
    {
        var request = await server.Registry.RequestAsync(Draft(await ReleaseAsync(server), role), new());
        requests.Add(request.Id);
        var change = await server.Registry.CompleteAsync(request.Id);
        // A caller that heard nothing completes again, at whichever server it meets.
        if (random.Next(3) == 0)
        {
            var again = await AnyServer().Registry.CompleteAsync(request.Id);
            Promises.Expect(again.Revision == change.Revision, $"request of change {change.Revision} gave {again.Revision} too");
        }
        return change;
    }

    static Task<EnvironmentChange> WithdrawAsync(SimulatedServer server, VersionId release) =>
        server.Registry.WithdrawAsync(Environment, release, Robot, "simulated");

    /// <summary>The planted bug: the change once more, past the registry's rules.</summary>
    async Task AgainAsync(SimulatedServer server, EnvironmentChange change)
    {
        await using var records = new SqliteRegistryStore(Path.Combine(folder, server.Process, "registry.db"));
        await records.TryAddChangeAsync(change with { Revision = change.Revision + 1 }, CancellationToken.None);
    }

    async Task<VersionId> ReleaseAsync(SimulatedServer server)
    {
        var price = 1000 * ++prices;
        var (release, _) = await server.Registry.ReleaseAsync(
            new()
            {
                Decision = Name,
                Definition = DecisionJson.ToBytes(Priced.Definition(Name, price)),
                By = Robot,
            }
        );
        promises.Released(release.Id, price);
        return release.Id;
    }

    async Task<string> RefreshAsync()
    {
        var server = AnyServer();
        if (!settings.NeverRefreshes)
            await server.Routes.RefreshAsync(CancellationToken.None);
        if (server.Routes.Problem is not null)
            return $"refresh {servers.IndexOf(server)}: not now";
        var revision = server.Routes.Find(Name)!.Live.Revision;
        Promises.Expect(
            revision >= promises.LastRevision,
            $"server {servers.IndexOf(server)} looked and answers by change {revision}, {promises.LastRevision} was acknowledged"
        );
        return $"refresh {servers.IndexOf(server)}: {revision}";
    }

    string Clock()
    {
        var seconds = random.Next(90);
        if (random.Next(4) > 0)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            return $"{seconds} s pass";
        }
        clock.Set(TimeSpan.FromMinutes(-seconds));
        return $"the clock is set back by {seconds} min";
    }

    string Arm()
    {
        var (fault, after) = ((DiskFault)(1 + random.Next(3)), random.Next(12));
        disk.Arm(fault, after);
        return $"disk: {fault} after {after} writes";
    }

    async Task<string> KillAsync()
    {
        var place = random.Next(servers.Count);
        disk.Arm(DiskFault.None, 0);
        await EndAsync(servers[place], inOrder: random.Next(3) == 0);
        servers[place] = await BootAsync();
        await promises.AssertKeptAsync(servers[place].Store, Environment);
        return $"kill {place}";
    }

    async Task<string> PowerCutAsync()
    {
        disk.Arm(DiskFault.None, 0);
        foreach (var server in servers)
            disk.Kill(server.Process);
        disk.PowerCut(random);
        for (var place = 0; place < servers.Count; place++)
        {
            await EndAsync(servers[place], inOrder: false);
            servers[place] = await BootAsync();
        }
        foreach (var server in servers)
            await promises.AssertKeptAsync(server.Store, Environment);
        return "power cut";
    }

    async Task EndAsync(SimulatedServer server, bool inOrder)
    {
        if (!inOrder)
            disk.Kill(server.Process);
        await server.DisposeAsync();
    }

    async Task<SimulatedServer> BootAsync()
    {
        try
        {
            return await SimulatedServer.StartAsync(Path.Combine(folder, $"p{++started}"), places, Environment, clock);
        }
        catch (HalleyException fault)
        {
            throw new BrokenPromiseException(
                $"a server does not start again: {fault.Message.Replace(folder, "", StringComparison.Ordinal)}"
            );
        }
    }

    SimulatedServer AnyServer() => servers[random.Next(servers.Count)];

    PromotionDraft Draft(VersionId release, ReleaseRole role) =>
        new()
        {
            Environment = Environment,
            Release = release,
            Role = role,
            Share = role == ReleaseRole.Challenger ? 0.1 : 0,
            By = Robot,
            Why = "simulated",
        };
}

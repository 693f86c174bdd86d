using System.Collections.Concurrent;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server;

/// <summary>One decision as this server answers it: its arms, timetable and kept schemas, with a compiled engine for each release. Immutable.</summary>
sealed class LiveRoute(
    LiveDecision live,
    ArmAssigner assigner,
    IReadOnlyDictionary<VersionId, DecisionEngine> engines,
    LoadedRelease champion,
    Func<VersionId, CancellationToken, Task<DecisionEngine>> load
)
{
    readonly ConcurrentDictionary<VersionId, DecisionEngine> earlier = new();

    readonly Dictionary<VersionId, string> schemas = engines.ToDictionary(
        engine => engine.Key,
        engine => DecisionInterface.Version(engine.Value.Plan.Definition)
    );

    public LiveDecision Live => live;

    public LoadedRelease Champion => champion;

    /// <summary>Schemas that requests may name.</summary>
    public IEnumerable<string> Schemas => Answering.Select(release => schemas[release]).Distinct();

    public ArmAssignment Assign(string unitId) => assigner.Assign(unitId);

    public DecisionEngine Engine(VersionId release) => engines[release];

    /// <summary>The engine of any release, one that is no longer live included.</summary>
    public async ValueTask<DecisionEngine> EngineAsync(VersionId release, CancellationToken cancellation)
    {
        if (engines.TryGetValue(release, out var engine) || earlier.TryGetValue(release, out engine))
            return engine;
        return earlier.GetOrAdd(release, await load(release, cancellation));
    }

    /// <summary>Name of the field that holds the unit's id; null where the release declares none.</summary>
    public static string? UnitFieldOf(DecisionEngine engine) => engine.Plan.Definition.Inputs.OfRole(Role.Id)?.Name;

    public string SchemaOf(VersionId release) => schemas[release];

    /// <summary>The release that answers requests of a schema: the champion before the timetable, that before kept ones; null for none.</summary>
    public VersionId? ReleaseOfSchema(string schema)
    {
        foreach (var release in Answering)
        {
            if (schemas[release] == schema)
                return release;
        }
        return null;
    }

    /// <summary>The shadows that this server could compile.</summary>
    public IReadOnlyList<VersionId> Shadows { get; } = [.. live.Arms.Shadows.Where(engines.ContainsKey)];

    /// <summary>Every release that may answer, the champion first.</summary>
    public IEnumerable<VersionId> Releases =>
        Answering.Concat(live.Arms.Challengers.Select(arm => arm.Release)).Prepend(champion.Release.Id).Distinct();

    IEnumerable<VersionId> Answering =>
        live.Arms.Timetable.Select(entry => entry.Release).Prepend(champion.Release.Id).Concat(live.Arms.Served);
}

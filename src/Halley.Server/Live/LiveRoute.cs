using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Server;

/// <summary>One decision as this server answers it: its arms, with a compiled engine for each release. Immutable.</summary>
sealed class LiveRoute(
    LiveDecision live,
    ArmAssigner assigner,
    IReadOnlyDictionary<VersionId, DecisionEngine> engines,
    LoadedRelease champion
)
{
    public LiveDecision Live => live;

    public LoadedRelease Champion => champion;

    /// <summary>Name of the field that holds the unit's id; null where the decision declares none.</summary>
    public string? UnitField { get; } = champion.Definition.Inputs.OfRole(Role.Id)?.Name;

    public ArmAssignment Assign(string unitId) => assigner.Assign(unitId);

    public DecisionEngine Engine(VersionId release) => engines[release];

    /// <summary>The shadows that this server could compile.</summary>
    public IReadOnlyList<VersionId> Shadows { get; } = [.. live.Arms.Shadows.Where(engines.ContainsKey)];
}

using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What an experiment is planned from: how many come, and how far their values are spread.</summary>
/// <param name="UnitsPerWeek">Units (decisions for a shadow pair) a week of the whole decision, above 0.</param>
/// <param name="DecisionsPerUnit">How often a unit comes, at least 1.</param>
/// <param name="Spread">Standard deviation of a unit's value (of a decision's difference for a shadow pair), above 0.</param>
/// <param name="Source">Where the figures are from, in words.</param>
public sealed record ExperimentTraffic(double UnitsPerWeek, double DecisionsPerUnit, double Spread, string Source)
{
    /// <summary>Units behind the spread; null where it was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MeasuredUnits { get; init; }
}

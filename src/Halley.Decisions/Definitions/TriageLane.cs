namespace Halley.Decisions;

/// <summary>One way to handle a record; gives the values <c>name.saving</c>, <c>name.cost</c> and <c>name.net</c>.</summary>
public sealed record TriageLane
{
    public required string Name { get; init; }

    /// <summary>One of the decision's actions.</summary>
    public required string Action { get; init; }

    /// <summary>Formula of the money that handling saves on average, for example <c>fraud * reserve * 0.4</c>.</summary>
    public required string Saving { get; init; }

    /// <summary>Formula of what handling costs.</summary>
    public required string Cost { get; init; }

    /// <summary>Records a day that can be handled; null for no limit.</summary>
    public double? CapacityPerDay { get; init; }

    /// <summary>Quantiles of the net saving over usual records, from which the threshold is taken; needed with a capacity.</summary>
    public IReadOnlyList<QuantilePoint> NetQuantiles { get; init; } = [];

    /// <summary>
    /// Net saving from which the lane is open, at least 0, as <see cref="LanePlanner"/> finds it from staff and hours; it takes the place of
    /// <see cref="CapacityPerDay"/> and <see cref="NetQuantiles"/>. Null for those.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Sentence for the caller, as in <see cref="EligibilityRule.Reason"/>; null for none.</summary>
    public string? Reason { get; init; }
}

namespace Halley.Decisions;

/// <summary>Choice of an action by money: the lane with the largest expected net saving that is worth its cost and within capacity.</summary>
/// <remarks>
/// Net saving = saving − cost. A lane is open to a record whose net saving is above 0 and at least the lane's threshold. The
/// threshold keeps the expected number a day within capacity: it is the quantile 1 − capacity/<see cref="ExpectedPerDay"/> of
/// the lane's net savings, or <see cref="TriageLane.Threshold"/>. It is fixed in the release, so that a record's answer does not depend on who else came that day.
/// Where no lane is open the mildest action is taken.
/// </remarks>
public sealed record Triage
{
    /// <summary>Records expected in a day, above 0.</summary>
    public required double ExpectedPerDay { get; init; }

    public required IReadOnlyList<TriageLane> Lanes { get; init; }
}

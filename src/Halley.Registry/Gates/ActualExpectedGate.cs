using System.Globalization;

namespace Halley.Registry;

/// <summary>Actual over expected holds 1 inside its interval in every segment.</summary>
/// <remarks>
/// The provider makes the intervals simultaneous over the segments (for example by Bonferroni): at 95 % each, one
/// sound segment in twenty would fail.
/// </remarks>
public sealed record ActualExpectedGate : Gate
{
    /// <summary>Fields whose levels are the segments; empty for the whole portfolio as one.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>Confidence of all intervals together. Range (0, 1). Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Segments that expect less than this (claims or money, as the provider counts) are not judged. Default 0.</summary>
    public double MinimumExpected { get; init; }

    public override IEnumerable<string> Validate()
    {
        if (!(Confidence > 0 && Confidence < 1))
            yield return $"confidence is {Confidence.ToString(CultureInfo.InvariantCulture)}; a number between 0 and 1 is needed";
        if (!(MinimumExpected >= 0))
            yield return $"minimum_expected is {MinimumExpected.ToString(CultureInfo.InvariantCulture)}; at least 0 is needed";
    }

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not ActualExpectedEvidence found)
            return Fail(
                "Actual over expected was not computed.",
                "Evaluate the release on held-out data and promote with that evidence."
            );
        var judged = found.Segments.Where(segment => segment.Expected >= MinimumExpected).ToList();
        if (judged.Count == 0)
            return Fail("No segment is large enough to be judged.", "Evaluate on more data, or lower minimum_expected.");
        // Written so that a NaN fails.
        var outside = judged.Where(segment => !(segment.Lower <= 1 && segment.Upper >= 1)).ToList();
        if (outside.Count == 0)
            return Pass($"Actual over expected holds 1 in all {judged.Count} segments.", judged.Count);
        var worst = outside.OrderByDescending(segment => Math.Abs(Math.Log(segment.Ratio))).First();
        return Fail(
            $"Actual over expected leaves its interval in {outside.Count} of {judged.Count} segments, most in {worst.Describe()}.",
            "Refit with that factor, or recalibrate; then evaluate again.",
            worst.Ratio,
            1,
            worst.Field.Length == 0 ? null : $"{worst.Field} = {worst.Level}"
        );
    }
}

namespace Halley.Registry;

/// <summary>The plan's risk, shared out before anything is looked at: half to the whole book, half to the segments, evenly over their tests.</summary>
/// <remarks>
/// Four fifths go to actual against expected, which is judged by its evidence alone; what drifts must be large too, and needs little. A test of
/// what came since the reference time has half of its part, and that of the j-th month of its own 6/(π²j²) of the other half. Each keeps its
/// part at any number of looks, so that all of them together keep the plan's risk.
/// </remarks>
sealed class MonitorRisk
{
    const double ClaimsPart = 0.8;

    readonly (double Whole, double Segments) claims;
    readonly (double Whole, double Segments) others;

    /// <param name="lines">Lines: a level and a slope in the whole, a level in each segment's level.</param>
    /// <param name="watched">Other tests of every slice.</param>
    /// <param name="wholeAlone">Other tests that only the whole has.</param>
    /// <param name="slices">With the whole.</param>
    internal MonitorRisk(double risk, int lines, int watched, int wholeAlone, int slices)
    {
        claims = Parts(ClaimsPart * risk, lines, lines, slices);
        others = Parts((1 - ClaimsPart) * risk, watched, wholeAlone, slices);
    }

    /// <summary>Chance of a false alarm for a line's level or slope.</summary>
    internal double OfClaims(int slice) => slice == 0 ? claims.Whole : claims.Segments;

    /// <summary>That of a price.</summary>
    internal double OfPrice => others.Whole;

    /// <summary>That of a test over a month, counted from 1, or over all since the reference time (null).</summary>
    internal double Of(int slice, int? month) =>
        (slice == 0 ? others.Whole : others.Segments) / 2 * (month is { } number ? 6 / (Math.PI * Math.PI * number * number) : 1);

    static (double Whole, double Segments) Parts(double risk, int shared, int wholeAlone, int slices) =>
        slices > 1
            ? (risk / 2 / Math.Max(1, shared + wholeAlone), risk / 2 / Math.Max(1, shared * (slices - 1)))
            : (risk / Math.Max(1, shared + wholeAlone), 0);
}

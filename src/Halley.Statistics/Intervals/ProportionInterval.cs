namespace Halley.Statistics;

/// <summary>Intervals for a share.</summary>
public static class ProportionInterval
{
    /// <summary>Share of successes with Wilson's interval, which stays inside [0, 1] and holds at 0 and n successes.</summary>
    /// <remarks>Source: Wilson (1927), JASA 22, 209–212.</remarks>
    public static Estimate Wilson(double successes, double trials, double level = 0.95)
    {
        if (!(trials > 0 && successes >= 0 && successes <= trials))
            throw new ArgumentOutOfRangeException(
                nameof(successes),
                successes,
                "the number of successes must be within 0 and the number of trials, which is above 0."
            );
        var z = NormalDistribution.TwoSidedQuantile(level);
        var p = successes / trials;
        var centre = (p + z * z / (2 * trials)) / (1 + z * z / trials);
        var half = z / (1 + z * z / trials) * Math.Sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials));
        var lower = successes == 0 ? 0 : centre - half;
        var upper = successes == trials ? 1 : centre + half;
        return new(p, Math.Sqrt(p * (1 - p) / trials), lower, upper);
    }
}

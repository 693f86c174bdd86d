namespace Halley.Statistics;

/// <summary>Intervals of a mean that may be looked at as often as one likes: at all times together they miss it with probability 1 − level.</summary>
/// <remarks>
/// <para>
/// After n observations with standard error s of the mean: half width s·√((n + r)/n · ln((n + r)/(r·α²))), with α = 1 − level and
/// r = n*/(−2 ln α + ln(−2 ln α) + 1), which makes the interval narrowest near n* observations. At n* it is 3.03 s for α = 0.05, where an
/// interval for one look is 1.96 s: the price of looking at any time.
/// </para>
/// <para>
/// The guarantee is asymptotic, as that of the one-look interval is: n must be large at the first look. n stands for time, so that one
/// observation a row serves where s knows that rows of one unit belong together: dependence makes the path smoother, never rougher.
/// Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Time-uniform central limit theory and asymptotic confidence
/// sequences, Ann. Statist. 52(6), 2613–2640, theorem 2.2 and section B.2; the boundary is Robbins' (1970), Ann. Math. Statist. 41, 1397.
/// </para>
/// </remarks>
public static class MeanSequence
{
    /// <summary>Half width in standard errors after so many observations.</summary>
    /// <param name="observations">Observations behind the standard error, above 0.</param>
    /// <param name="planned">Observations n* for which the interval shall be narrowest, above 0, chosen before the first.</param>
    /// <param name="level">In (0, 1).</param>
    public static double Width(double observations, double planned, double level = 0.95)
    {
        if (!(observations > 0))
            throw new ArgumentOutOfRangeException(nameof(observations), observations, "an interval needs observations.");
        if (!(planned > 0))
            throw new ArgumentOutOfRangeException(
                nameof(planned),
                planned,
                "the planned number of observations must be above 0."
            );
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "a level must lie between 0 and 1.");
        var logs = -2 * Math.Log(1 - level);
        var r = planned / (logs + Math.Log(logs) + 1);
        return Math.Sqrt((observations + r) / observations * (Math.Log((observations + r) / r) + logs));
    }

    /// <summary>The interval around a mean, or any estimate that is nearly a mean of influences.</summary>
    public static Estimate Of(double value, double standardError, double observations, double planned, double level = 0.95)
    {
        var half = Width(observations, planned, level) * standardError;
        return new(value, standardError, value - half, value + half);
    }
}

namespace Halley.Forecasting;

/// <summary>What share of a step's events is reported by now, by the chain ladder.</summary>
/// <remarks>
/// f_j = Σ C_(i,j+1) / Σ C_(i,j) over the steps i whose delay j + 1 is already past; a step of age a has reported the share 1/(f_a·f_(a+1)⋯). Counted with
/// that share as part of its exposure, a young step says what it can and no more. Source: Mack (1993), ASTIN Bulletin 23(2), 213–225.
/// </remarks>
public static class ReportedShares
{
    /// <summary>Shares by age, shape (n): entry a is that of a step which is a steps before the last.</summary>
    /// <param name="reported">
    /// Shape (n)(any): events of each step by delay in steps, oldest step first; delays that have not passed are not there or not looked at.
    /// </param>
    public static double[] Of(double[][] reported)
    {
        var n = reported.Length;
        var (shares, share) = (new double[n], 1.0);
        for (var age = n - 1; age >= 0; age--)
        {
            // From delay age to age + 1, over the steps old enough to know both.
            var (before, after) = (0.0, 0.0);
            for (var i = 0; i + age + 1 < n; i++)
            {
                before += Sum(reported[i], age);
                after += Sum(reported[i], age + 1);
            }
            if (before > 0 && after > before)
                share *= before / after;
            shares[age] = share;
        }
        return shares;
    }

    static double Sum(double[] byDelay, int last)
    {
        var sum = 0.0;
        for (var delay = 0; delay <= Math.Min(last, byDelay.Length - 1); delay++)
            sum += byDelay[delay];
        return sum;
    }
}

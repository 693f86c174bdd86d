namespace Halley.Registry;

/// <summary>Whether claims rise with the expected amount as they should: the score test of the slope of ln E[A] on ln E, one step from 1.</summary>
/// <remarks>
/// b = Σ z·(A − R·E) / Σ R·z²·E with z the logarithm of the expected amount less its E-weighted mean, and R = ΣA/ΣE, so that a level that is
/// off does not count. The standard error sums over units, with the largest once more. b is 0 where the order is right.
/// Source: Cox (1958), Two further applications of a model for binary regression, Biometrika 45, 562–565.
/// </remarks>
readonly record struct CalibrationSlope(double Slope, double StandardError, int Units, double EffectiveClaims)
{
    /// <summary>Null where expected amounts do not differ, or nothing has come.</summary>
    internal static CalibrationSlope? Of(
        UnitWalk walk,
        (double Actual, double Expected)[] counted,
        IReadOnlyList<MonitoredRow> rows,
        int line
    )
    {
        var (actual, expected, logs) = (0.0, 0.0, 0.0);
        var centred = new double[counted.Length];
        var (units, amounts) = (0, 0.0);
        for (var i = 0; i < counted.Length; i++)
        {
            if (!(counted[i].Expected > 0))
                continue;
            centred[i] = Math.Log(rows[i].Expected[line]);
            actual += counted[i].Actual;
            expected += counted[i].Expected;
            logs += counted[i].Expected * centred[i];
            units++;
            amounts += counted[i].Actual * counted[i].Actual;
        }
        if (!(expected > 0 && actual > 0))
            return null;
        var (ratio, mean, information) = (actual / expected, logs / expected, 0.0);
        for (var i = 0; i < counted.Length; i++)
        {
            centred[i] = counted[i].Expected > 0 ? centred[i] - mean : 0;
            information += ratio * counted[i].Expected * centred[i] * centred[i];
        }
        var (score, squares, largest) = (0.0, 0.0, 0.0);
        foreach (var part in walk.ByUnit(i => centred[i] * (counted[i].Actual - ratio * counted[i].Expected)))
        {
            score += part;
            squares += part * part;
            largest = Math.Max(largest, part * part);
        }
        return information > 1e-12 * expected
            ? new(score / information, Math.Sqrt(squares + largest) / information, units, actual * actual / amounts)
            : null;
    }
}

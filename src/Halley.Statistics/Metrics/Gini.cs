namespace Halley.Statistics;

/// <summary>The normalised Gini of one set of predictions, its two rankings made once for many weightings of the rows.</summary>
/// <remarks>
/// Lorenz curve: rows by rising predicted rate, cumulative share of exposure against cumulative share of the actual amount.
/// Gini = 1 − 2·area, divided by that of the ranking by the actual rate itself. Ties go up a straight line. 1 is a perfect
/// ranking, 0 none. Source: Frees, Meyers and Cummings (2011), JASA 106(495), 1085–1098, there without the division.
/// </remarks>
sealed class Gini
{
    readonly double[] _actual;
    readonly double[] _exposure;
    readonly Ranking _byActual;

    internal Gini(ReadOnlySpan<double> actual, ReadOnlySpan<double> exposure)
    {
        _actual = actual.ToArray();
        _exposure = exposure.ToArray();
        _byActual = Ranking.RisingRatio(actual, exposure);
    }

    /// <summary>The normalised Gini of a ranking with every row counted <paramref name="multiplicity"/> times; empty counts once.</summary>
    internal double Normalised(Ranking predicted, ReadOnlySpan<double> multiplicity = default) =>
        Raw(predicted, multiplicity) / Raw(_byActual, multiplicity);

    double Raw(Ranking ranking, ReadOnlySpan<double> multiplicity)
    {
        var sums = new LorenzSums();
        for (var tie = 0; tie < ranking.TieCount; tie++)
        {
            var (moreExposure, moreActual) = (0.0, 0.0);
            foreach (var row in ranking.Tie(tie))
            {
                var times = multiplicity.IsEmpty ? 1 : multiplicity[row];
                moreExposure += times * (_exposure.Length == 0 ? 1 : _exposure[row]);
                moreActual += times * _actual[row];
            }
            sums.Add(moreExposure, moreActual);
        }
        return sums.Gini;
    }
}

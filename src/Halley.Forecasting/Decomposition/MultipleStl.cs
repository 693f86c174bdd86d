namespace Halley.Forecasting;

/// <summary>Several seasons, a trend and a remainder, by local regression of each season in turn.</summary>
/// <remarks>Source: Bandara, Hyndman and Bergmeir (2022), Int. J. Operational Research; windows as R's <c>mstl</c>.</remarks>
sealed class MultipleStl
{
    const int Rounds = 2;

    MultipleStl(double[][] seasons, int[] lengths, double[] trend, double[] remainder) =>
        (Seasons, Lengths, Trend, Remainder) = (seasons, lengths, trend, remainder);

    /// <summary>Shape (seasons)(n).</summary>
    internal double[][] Seasons { get; }

    /// <summary>The seasons' lengths, ascending: those of which the series holds more than two.</summary>
    internal int[] Lengths { get; }

    internal double[] Trend { get; }

    internal double[] Remainder { get; }

    /// <summary>Null where the series holds two or fewer of every season.</summary>
    internal static MultipleStl? Of(double[] y, int[] seasons)
    {
        int[] lengths = [.. seasons.Where(length => length > 1 && 2 * length < y.Length).Order()];
        if (lengths.Length == 0)
            return null;
        var (rest, trend) = ((double[])y.Clone(), (double[])y.Clone());
        var parts = lengths.Select(_ => new double[y.Length]).ToArray();
        for (var round = 0; round < (lengths.Length == 1 ? 1 : Rounds); round++)
        for (var i = 0; i < lengths.Length; i++)
        {
            for (var t = 0; t < y.Length; t++)
                rest[t] += parts[i][t];
            var part = StlDecomposition.Of(rest, lengths[i], new() { SeasonWindow = 11 + 4 * i });
            (parts[i], trend) = (part.Season, part.Trend);
            for (var t = 0; t < y.Length; t++)
                rest[t] -= parts[i][t];
        }
        return new(parts, lengths, trend, [.. rest.Select((value, t) => value - trend[t])]);
    }

    /// <summary>Strength of a season: 1 − Var(remainder)/Var(remainder + season), at least 0.</summary>
    /// <remarks>Source: Wang, Smith and Hyndman (2006), Data Mining and Knowledge Discovery 13(3), 335–364.</remarks>
    internal double Strength(int season)
    {
        double[] both = [.. Remainder.Select((value, t) => value + Seasons[season][t])];
        return Math.Clamp(1 - Variance(Remainder) / Variance(both), 0, 1);
    }

    static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}

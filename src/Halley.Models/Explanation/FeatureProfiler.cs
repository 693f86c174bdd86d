namespace Halley.Models;

/// <summary>Takes the profile of a column.</summary>
static class FeatureProfiler
{
    const int Percents = 100;

    /// <param name="weights">Shape (n): how much each row counts, at least 0.</param>
    public static FeatureProfile Of(Column column, ReadOnlySpan<double> weights)
    {
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        var (total, missing) = (0.0, 0.0);
        for (var row = 0; row < values.Length; row++)
        {
            total += weights[row];
            if (double.IsNaN(values[row]))
                missing += weights[row];
        }
        var profile = new FeatureProfile
        {
            Name = column.Name,
            Kind = column.Kind,
            MissingShare = total > 0 ? missing / total : 0,
        };
        return column switch
        {
            CategoricalColumn categorical => WithShares(profile, values, weights, categorical.Levels.Count),
            BooleanColumn => WithShares(profile, values, weights, levelCount: 2),
            _ => WithPercentiles(profile, values, weights),
        };
    }

    static FeatureProfile WithShares(FeatureProfile profile, double[] codes, ReadOnlySpan<double> weights, int levelCount)
    {
        var shares = new double[levelCount];
        var total = 0.0;
        for (var row = 0; row < codes.Length; row++)
        {
            if (double.IsNaN(codes[row]))
                continue;
            shares[(int)codes[row]] += weights[row];
            total += weights[row];
        }
        if (total == 0)
            return profile with { LevelShares = shares };
        for (var level = 0; level < levelCount; level++)
            shares[level] /= total;
        return profile with { LevelShares = shares, Typical = Array.IndexOf(shares, shares.Max()) };
    }

    static FeatureProfile WithPercentiles(FeatureProfile profile, double[] values, ReadOnlySpan<double> weights)
    {
        var keys = new double[values.Length];
        var counts = new double[values.Length];
        var count = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]) && weights[row] > 0)
                (keys[count], counts[count++]) = (values[row], weights[row]);
        }
        if (count == 0)
            return profile with { Percentiles = [] };
        Array.Sort(keys, counts, 0, count);
        var percentiles = Percentiles(keys.AsSpan(0, count), counts.AsSpan(0, count));
        return profile with { Percentiles = percentiles, Typical = percentiles[Percents / 2] };
    }

    /// <summary>The smallest value whose rows and those below it make up at least p % of the weight, for p = 0 … 100.</summary>
    static double[] Percentiles(ReadOnlySpan<double> ascending, ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var percentiles = new double[Percents + 1];
        var (running, next) = (0.0, 0);
        for (var i = 0; i < ascending.Length; i++)
        {
            running += weights[i];
            while (next <= Percents && running >= total * next / Percents)
                percentiles[next++] = ascending[i];
        }
        while (next <= Percents)
            percentiles[next++] = ascending[^1];
        return percentiles;
    }
}

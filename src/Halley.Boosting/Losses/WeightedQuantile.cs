namespace Halley.Boosting;

/// <summary>Quantiles of weighted rows.</summary>
static class WeightedQuantile
{
    /// <summary>The smallest value whose rows and those below it make up at least a share of the weight.</summary>
    /// <param name="values">Sorted in place.</param>
    /// <param name="weights">Shape as <paramref name="values"/>; follows them.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <returns>NaN where no row has weight.</returns>
    internal static double Of(Span<double> values, Span<double> weights, double level)
    {
        values.Sort(weights);
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var (sum, last) = (0.0, double.NaN);
        for (var row = 0; row < values.Length; row++)
        {
            if (weights[row] == 0)
                continue;
            sum += weights[row];
            last = values[row];
            if (sum >= level * total)
                return last;
        }
        return last;
    }

    /// <summary>Index of the first value that is NaN or infinite, or −1.</summary>
    internal static int IndexOfAnyNotFinite(this ReadOnlySpan<double> values)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
                return row;
        }
        return -1;
    }
}

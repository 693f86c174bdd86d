namespace Halley.Glm;

/// <summary>Rows that count, each times the root of its weight: squares are then plain ones.</summary>
/// <param name="Kept">Rows of a positive weight; null where all are of weight 1.</param>
/// <param name="Roots">√w of each of them.</param>
sealed record WeightedRows(int[]? Kept, double[] Roots)
{
    internal static WeightedRows Of(double[] weight)
    {
        if (!weight.AsSpan().ContainsAnyExcept(1.0))
            return new(null, []);
        int[] kept = [.. Enumerable.Range(0, weight.Length).Where(row => weight[row] > 0)];
        return new(kept, [.. kept.Select(row => Math.Sqrt(weight[row]))]);
    }

    /// <summary>The same array where all rows are of weight 1.</summary>
    internal double[] Take(double[] values)
    {
        if (Kept is null)
            return values;
        var taken = new double[Kept.Length];
        for (var i = 0; i < taken.Length; i++)
            taken[i] = Roots[i] * values[Kept[i]];
        return taken;
    }
}

namespace Halley.Glm;

/// <summary>The distinct values of a smooth's covariate, rounded to an even grid where they are more than a thousand.</summary>
/// <remarks>Source: Wood, Li, Shaddick and Augustin (2017), J. Amer. Statist. Assoc. 112, 1199–1210.</remarks>
/// <param name="Values">Rising.</param>
sealed record Bins(double[] Values)
{
    /// <summary>More distinct values than this are rounded.</summary>
    internal const int Limit = 1000;

    /// <param name="limit">More distinct values than this are rounded.</param>
    internal static Bins Of(double[] values, int limit = Limit)
    {
        double[] distinct = [.. values.Distinct().Order()];
        if (distinct.Length <= limit)
            return new(distinct);
        var (low, step) = (distinct[0], (distinct[^1] - distinct[0]) / (limit - 1));
        double[] grid = [.. Enumerable.Range(0, limit).Select(i => i == limit - 1 ? distinct[^1] : low + i * step)];
        // Only those that a value is nearest to.
        var used = new bool[limit];
        foreach (var value in distinct)
            used[Nearest(grid, value)] = true;
        return new([.. grid.Where((_, i) => used[i])]);
    }

    /// <summary>Bin of each value, shape (values).</summary>
    internal int[] CodesOf(double[] values)
    {
        var codes = new int[values.Length];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = Nearest(Values, values[i]);
        return codes;
    }

    static int Nearest(double[] grid, double value)
    {
        var found = Array.BinarySearch(grid, value);
        if (found >= 0)
            return found;
        var above = ~found;
        if (above == 0 || above == grid.Length)
            return Math.Min(above, grid.Length - 1);
        return value - grid[above - 1] <= grid[above] - value ? above - 1 : above;
    }
}

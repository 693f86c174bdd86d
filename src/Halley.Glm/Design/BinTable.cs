namespace Halley.Glm;

/// <summary>Values of a smooth's columns in each bin of its covariate.</summary>
/// <remarks>
/// Where levels have a curve each, a bin is (level, bin of the covariate), the level slowest, and has values in the columns of its own
/// level's curve alone: only those are held.
/// </remarks>
/// <param name="values">Of one curve, shape (bins of the covariate, columns of a curve).</param>
/// <param name="curves">Place of each level's curve, −1 for none; [0] for one curve.</param>
sealed class BinTable(double[,] values, int[] curves)
{
    readonly int own = values.GetLength(0);
    readonly int width = values.GetLength(1);
    readonly double[] rows = [.. values.Cast<double>()];

    /// <summary>Number of bins.</summary>
    internal int Count { get; } = values.GetLength(0) * curves.Length;

    /// <summary>Number of columns.</summary>
    internal int Width { get; } = values.GetLength(1) * (curves.Max() + 1);

    /// <summary>The columns that are not zero in a bin, and their values.</summary>
    internal ReadOnlySpan<double> Row(int bin, out int first)
    {
        var (level, place) = Math.DivRem(bin, own);
        first = Math.Max(curves[level], 0) * width;
        return curves[level] < 0 ? [] : rows.AsSpan(place * width, width);
    }
}

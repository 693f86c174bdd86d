using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Columns of the design that share one set of cells: all pure numbers with the constant, or one term with levels.</summary>
/// <remarks>
/// Full column index = <see cref="Start"/> + cell·<see cref="Width"/> + column. Every level has columns here, the base level too;
/// which of them the model uses is decided afterwards, so the choice of a base changes no bit of the sums.
/// </remarks>
/// <param name="Start">First full column.</param>
/// <param name="CellCount">Number of cells; 1 where there are no codes.</param>
/// <param name="Codes">Cell of each row, shape (n); null where there is one cell.</param>
/// <param name="Columns">Values, shape (Width)(n), in the internal basis; empty for a single column of ones.</param>
sealed record DesignBlock(int Start, int CellCount, int[]? Codes, double[][] Columns)
{
    /// <summary>
    /// For a smooth: values of its columns in each bin of its covariate; <see cref="Codes"/> are then bins.
    /// Null elsewhere. Rows are summed by bin, and the sums brought to the columns once a pass (<see cref="GlmDesign.Gathered"/>).
    /// </summary>
    internal BinTable? Bins { get; init; }

    /// <summary>For block 0, where its columns after the constant are tables over a few values; <see cref="Columns"/> is empty then.</summary>
    internal NumberSource[] Sources { get; init; } = [];

    internal int Width =>
        Bins?.Width ?? (Sources.Length > 0 ? 1 + Sources.Sum(source => source.Columns.Length) : Math.Max(Columns.Length, 1));

    internal int FullColumnCount => CellCount * Width;

    /// <summary>Value of a column in a row of one of its cells.</summary>
    internal double At(int row, int column) =>
        Sources.Length > 0
            ? column == 0
                ? 1
                : SourceOf(column).At(row, column)
            : Columns.Length == 0
                ? 1
                : Columns[column][row];

    NumberSource SourceOf(int column) => Array.Find(Sources, source => source.Columns.Contains(column))!;

    /// <summary>eta[i] += row (start + i) of the block times its part of <paramref name="beta"/>; shape (n).</summary>
    /// <param name="beta">Shape (all full columns).</param>
    internal void AddTo(Span<double> eta, int start, ReadOnlySpan<double> beta)
    {
        var own = beta.Slice(Start, FullColumnCount);
        if (Sources.Length > 0)
        {
            foreach (ref var value in eta)
                value += own[0];
            foreach (var source in Sources)
                CellSums.AddValues(source.Codes.AsSpan(start, eta.Length), source.ValuesOf(own), eta);
            return;
        }
        if (Codes is null)
        {
            for (var j = 0; j < Width; j++)
                Reduce.AddScaled(own[j], Columns[j].AsSpan(start, eta.Length), eta);
            return;
        }
        var codes = Codes.AsSpan(start, eta.Length);
        if (Columns.Length == 0)
        {
            for (var i = 0; i < eta.Length; i++)
                eta[i] += own[codes[i]];
            return;
        }
        for (var j = 0; j < Width; j++)
        {
            var column = Columns[j].AsSpan(start, eta.Length);
            for (var i = 0; i < eta.Length; i++)
                eta[i] += own[codes[i] * Width + j] * column[i];
        }
    }

    /// <summary>sums[full column] += Σᵢ u[i]·x[start + i, full column].</summary>
    /// <param name="u">Shape (n).</param>
    /// <param name="sums">Shape (all full columns).</param>
    internal void AddProducts(ReadOnlySpan<double> u, int start, Span<double> sums)
    {
        var own = sums.Slice(Start, FullColumnCount);
        if (Sources.Length > 0)
        {
            own[0] += Reduce.Sum(u);
            foreach (var source in Sources)
            {
                var byCell = new double[source.CellCount];
                CellSums.AddTo(source.Codes.AsSpan(start, u.Length), u, byCell);
                source.AddScore(byCell, own);
            }
            return;
        }
        if (Codes is null)
        {
            for (var j = 0; j < Width; j++)
                own[j] += Reduce.Dot(u, Columns[j].AsSpan(start, u.Length));
            return;
        }
        var codes = Codes.AsSpan(start, u.Length);
        if (Columns.Length == 0)
        {
            for (var i = 0; i < u.Length; i++)
                own[codes[i]] += u[i];
            return;
        }
        for (var j = 0; j < Width; j++)
        {
            var column = Columns[j].AsSpan(start, u.Length);
            for (var i = 0; i < u.Length; i++)
                own[codes[i] * Width + j] += u[i] * column[i];
        }
    }
}

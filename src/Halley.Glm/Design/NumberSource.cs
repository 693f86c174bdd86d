namespace Halley.Glm;

/// <summary>Columns of block 0 that depend on a few values together, as a table over the cells of those values.</summary>
/// <param name="Columns">Their places in the block, rising. Shape (k).</param>
/// <param name="Table">Values in the internal basis, shape (cells × <see cref="Stride"/>), row by row; 0 beyond the columns.</param>
/// <param name="Codes">Cell of each row, shape (n).</param>
sealed record NumberSource(int[] Columns, int CellCount, double[] Table, ushort[] Codes)
{
    /// <summary>Numbers a row of the table has: rows of lanes fill them.</summary>
    internal int Stride { get; } = StrideOf(Columns.Length);

    internal static int StrideOf(int width) => width <= 2 ? width : (width + 3) / 4 * 4;

    internal double At(int row, int column) => Table[Codes[row] * Stride + Array.IndexOf(Columns, column)];

    /// <summary>What the columns add to a row's predictor, by cell.</summary>
    /// <param name="beta">Coefficients of block 0.</param>
    internal double[] ValuesOf(ReadOnlySpan<double> beta)
    {
        var values = new double[CellCount];
        for (var cell = 0; cell < values.Length; cell++)
        {
            for (var j = 0; j < Columns.Length; j++)
                values[cell] += beta[Columns[j]] * Table[cell * Stride + j];
        }
        return values;
    }

    /// <summary>Σ u·x by column, from Σ u by cell.</summary>
    /// <param name="sums">Block 0's.</param>
    internal void AddScore(ReadOnlySpan<double> byCell, Span<double> sums)
    {
        for (var cell = 0; cell < CellCount; cell++)
        {
            if (byCell[cell] == 0)
                continue;
            for (var j = 0; j < Columns.Length; j++)
                sums[Columns[j]] += byCell[cell] * Table[cell * Stride + j];
        }
    }
}

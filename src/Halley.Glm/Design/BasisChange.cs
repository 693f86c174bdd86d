namespace Halley.Glm;

/// <summary>The way back from a block's internal columns to its declared ones.</summary>
/// <remarks>
/// In a block of a term with levels the constant can be taken out of the numbers only where an earlier term has the same cells: that
/// term's coefficients then take it back in.
/// </remarks>
/// <param name="Block">The block.</param>
/// <param name="Transform">T of <see cref="ColumnBasis"/>, shape (k, k); its first row and column belong to the constant where there is one.</param>
/// <param name="ConstantStart">First full column of the term that carries the constant; −1 for none. Block 0 holds its own constant.</param>
sealed record BasisChange(DesignBlock Block, double[,] Transform, int ConstantStart)
{
    /// <summary>In place; shape (all full columns).</summary>
    internal void ToDeclared(Span<double> coefficients)
    {
        var shift = ConstantStart < 0 ? 0 : 1;
        for (var cell = 0; cell < Block.CellCount; cell++)
        {
            var own = coefficients.Slice(Block.Start + cell * Block.Width, Block.Width);
            if (shift == 1)
                coefficients[ConstantStart + cell] += Row(0, own, 1);
            // Upper triangular: row j needs only coefficients that are still internal.
            for (var j = 0; j < own.Length; j++)
                own[j] = Row(j + shift, own, shift);
        }
    }

    double Row(int row, ReadOnlySpan<double> own, int shift)
    {
        var sum = 0.0;
        for (var j = Math.Max(row - shift, 0); j < own.Length; j++)
            sum += Transform[row, j + shift] * own[j];
        return sum;
    }
}

using Halley.Data;

namespace Halley.Glm;

/// <summary>A term with its levels and constants settled: from slots to a cell and the values of its columns. Immutable.</summary>
/// <remarks>
/// The term's columns of the design are (cell, column): only those of the row's own cell are not zero. A term without levels has
/// one cell, a term without numbers one column, which is 1. Cells count the levels of the first coder slowest:
/// <code>
/// cell = (code₀·L₁ + code₁)·L₂ + code₂ …        coefficient index = cell·Width + column
/// </code>
/// </remarks>
sealed class EncodedTerm
{
    readonly LevelCoder[] coders;
    readonly NumberBasis[] bases;

    internal EncodedTerm(string name, LevelCoder[] coders, NumberBasis[] bases)
    {
        (this.coders, this.bases) = (coders, bases);
        Name = name;
        Coders = coders;
        Bases = bases;
        CellCount = coders.Aggregate(1, (cells, coder) => checked(cells * coder.Levels.Count));
        Width = bases.Aggregate(1, (width, basis) => checked(width * basis.Width));
        ScratchWidth = bases.Sum(basis => basis.Width) + Width;
    }

    internal string Name { get; }

    internal IReadOnlyList<LevelCoder> Coders { get; }

    internal IReadOnlyList<NumberBasis> Bases { get; }

    internal int CellCount { get; }

    internal int Width { get; }

    internal int CoefficientCount => CellCount * Width;

    /// <summary>Doubles a row that <see cref="Columns"/> needs to work in.</summary>
    internal int ScratchWidth { get; }

    /// <summary>cells[i] = cell of row start + i, or −1 where a level is not known; shape (n).</summary>
    internal void Cells(SlotBlock block, ReadOnlySpan<int> inputSlots, int start, Span<int> cells, Span<int> scratch)
    {
        scratch = scratch[..cells.Length];
        for (var c = 0; c < coders.Length; c++)
        {
            var coder = coders[c];
            var slots = block[inputSlots[coder.Input]].Slice(start, cells.Length);
            if (c == 0)
            {
                coder.Code(slots, cells);
                continue;
            }
            coder.Code(slots, scratch);
            for (var i = 0; i < cells.Length; i++)
                cells[i] = cells[i] < 0 || scratch[i] < 0 ? LevelCoder.None : cells[i] * coder.LevelCount + scratch[i];
        }
    }

    /// <summary>Cell of the block's only row, or −1 where a level is not known.</summary>
    internal int CellOfOne(SlotBlock block, ReadOnlySpan<int> inputSlots)
    {
        var cell = 0;
        foreach (var coder in coders)
        {
            var code = coder.CodeOf(block[inputSlots[coder.Input]][0]);
            if (code < 0)
                return LevelCoder.None;
            cell = cell * coder.LevelCount + code;
        }
        return cell;
    }

    /// <summary>Values of the columns of the block's only row, equal to the bit to those of <see cref="Columns"/>.</summary>
    /// <param name="scratch">Shape (<see cref="ScratchWidth"/>); the result is a part of it.</param>
    internal ReadOnlySpan<double> ColumnsOfOne(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> scratch)
    {
        var product = scratch[..Width];
        var factor = scratch[Width..];
        bases[0].EvaluateOne(block[inputSlots[bases[0].Input]][0], product);
        var filled = bases[0].Width;
        for (var b = 1; b < bases.Length; b++)
        {
            var basis = bases[b];
            basis.EvaluateOne(block[inputSlots[basis.Input]][0], factor);
            for (var a = filled - 1; a >= 0; a--)
            {
                var left = product[a];
                for (var j = basis.Width - 1; j >= 0; j--)
                    product[a * basis.Width + j] = left * factor[j];
            }
            filled *= basis.Width;
        }
        return product;
    }

    /// <summary>Values of the columns for rows start … start + n − 1.</summary>
    /// <param name="scratch">Shape (<see cref="ScratchWidth"/> × n); the result is a part of it.</param>
    /// <returns>Shape (<see cref="Width"/> × n), one column after the other.</returns>
    internal ReadOnlySpan<double> Columns(SlotBlock block, ReadOnlySpan<int> inputSlots, int start, int n, Span<double> scratch)
    {
        var product = scratch[..(Width * n)];
        var factor = scratch[(Width * n)..];
        var filled = 0;
        for (var b = 0; b < bases.Length; b++)
        {
            var basis = bases[b];
            var columns = b == 0 ? product : factor;
            basis.Evaluate(block[inputSlots[basis.Input]].Slice(start, n), columns);
            if (b > 0)
                Multiply(product, filled, factor, basis.Width, n);
            filled = b == 0 ? basis.Width : filled * basis.Width;
        }
        return product;
    }

    /// <summary>Values of the columns where the term's numbers have given values. Shape (points)(<see cref="Width"/>).</summary>
    /// <param name="points">A value for each of <see cref="Bases"/>, in their order. Shape (points)(bases).</param>
    internal double[][] ColumnsOver(double[][] points)
    {
        var n = points.Length;
        var slots = new int[Bases.Max(basis => basis.Input) + 1];
        var block = new SlotBlock(bases.Length, Math.Max(n, 1));
        for (var b = 0; b < bases.Length; b++)
        {
            slots[bases[b].Input] = b;
            for (var point = 0; point < n; point++)
                block[b][point] = points[point][b];
        }
        var columns = Columns(block, slots, 0, n, new double[ScratchWidth * n]);
        var rows = new double[n][];
        for (var row = 0; row < n; row++)
        {
            rows[row] = new double[Width];
            for (var column = 0; column < Width; column++)
                rows[row][column] = columns[column * n + row];
        }
        return rows;
    }

    /// <summary>product column a·width + b = product column a × factor column b; from the last backwards, so it works in place.</summary>
    static void Multiply(Span<double> product, int filled, ReadOnlySpan<double> factor, int width, int n)
    {
        for (var a = filled - 1; a >= 0; a--)
        {
            var left = product.Slice(a * n, n);
            for (var b = width - 1; b >= 0; b--)
            {
                var target = product.Slice((a * width + b) * n, n);
                Kernels.Reduce.Multiply(left, factor.Slice(b * n, n), target);
            }
        }
    }
}

using Halley.Kernels;

namespace Halley.Glm;

/// <summary>A term worked out for the distinct values of its inputs, and looked up by row: the same bits as by <see cref="EncodedTerm"/>.</summary>
sealed class TermLookup
{
    readonly (ValueIndex Index, int[] Codes, int LevelCount)[] levels;
    readonly (ValueIndex Index, double[] Columns, int Width)[] numbers;

    TermLookup((ValueIndex, int[], int)[] levels, (ValueIndex, double[], int)[] numbers) =>
        (this.levels, this.numbers) = (levels, numbers);

    /// <summary>Null where an input has too many values.</summary>
    internal static TermLookup? Of(EncodedTerm term, LearnInputs inputs)
    {
        var read = term.Coders.Select(coder => coder.Input).Concat(term.Bases.Select(basis => basis.Input));
        if (read.Any(input => inputs.Index(input) is null))
            return null;
        var levels = term.Coders.Select(coder =>
        {
            var index = inputs.Index(coder.Input)!;
            return (index, LearnInputs.CodesByValue(coder, index), coder.LevelCount);
        });
        var numbers = term.Bases.Select(basis =>
        {
            var index = inputs.Index(basis.Input)!;
            return (index, ColumnsByValue(basis, index), basis.Width);
        });
        return new([.. levels], [.. numbers]);
    }

    /// <summary>Columns of a basis for an index's values, and for a missing one: shape (width × (values + 1)).</summary>
    internal static double[] ColumnsByValue(NumberBasis basis, ValueIndex index)
    {
        var columns = new double[basis.Width * index.Counts.Length];
        basis.Evaluate([.. index.Values, double.NaN], columns);
        return columns;
    }

    internal void Fill(EncodedColumns term, RowBlock rows)
    {
        if (term.Cells is not null)
            FillCells(rows, rows.Of(term.Cells));
        if (numbers.Length > 0)
            FillColumns(term.Columns, rows);
    }

    void FillCells(RowBlock rows, Span<int> cells)
    {
        foreach (var (index, byValue, levelCount) in levels)
        {
            var codes = index.Codes.Slice(rows.Start, rows.Count);
            for (var i = 0; i < cells.Length; i++)
            {
                var code = byValue[codes[i]];
                cells[i] = cells[i] < 0 || code < 0 ? LevelCoder.None : cells[i] * levelCount + code;
            }
        }
    }

    void FillColumns(double[][] columns, RowBlock rows)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            var target = rows.Of(columns[column]);
            var rest = column;
            // The last basis counts fastest; factors are multiplied in declared order.
            var stride = columns.Length;
            for (var b = 0; b < numbers.Length; b++)
            {
                var (index, byValue, width) = numbers[b];
                stride /= width;
                (var own, rest) = Math.DivRem(rest, stride);
                var values = byValue.AsSpan(own * index.Counts.Length, index.Counts.Length);
                var codes = index.Codes.Slice(rows.Start, rows.Count);
                for (var i = 0; i < target.Length; i++)
                    target[i] = b == 0 ? values[codes[i]] : target[i] * values[codes[i]];
            }
        }
    }
}

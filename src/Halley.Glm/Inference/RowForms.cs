using Halley.Kernels;

namespace Halley.Glm;

/// <summary>x′·M·x of each row, for a symmetric matrix over the active columns.</summary>
/// <remarks>
/// M is first brought to where rows meet it, a table for each pair of blocks; a row then adds one entry a pair of factors or smooths,
/// however many columns a smooth has.
/// </remarks>
sealed class RowForms
{
    readonly BinGathering gathered;
    readonly PassLayout layout;
    readonly double[] tables;

    /// <summary>x′·M·x of what a group's cells stand for. Shape (groups)(cells).</summary>
    readonly double[][] own;

    /// <summary>x_g′·M·x_k of cells of two groups g &lt; k. Shape (pairs)(cells of g × cells of k).</summary>
    readonly double[][] pairs;

    /// <param name="matrix">Entry of M of two active columns.</param>
    internal RowForms(PreparedDesign prepared, Func<int, int, double> matrix)
    {
        gathered = prepared.Design.Gathered;
        layout = gathered.Pass;
        tables = gathered.SpreadMatrix(matrix, prepared.Places());
        var groups = layout.Groups;
        own = [.. groups.Select(OwnOf)];
        pairs = [.. groups.SelectMany((left, g) => groups.Skip(g + 1).Select(right => PairsOf(left, right)))];
    }

    RowForms(RowForms whole, GlmDesign design)
    {
        (gathered, layout) = (design.Gathered, design.Gathered.Pass);
        (tables, own, pairs) = (whole.tables, whole.own, whole.pairs);
    }

    /// <summary>The same matrix over the rows of a part of the design.</summary>
    internal RowForms On(GlmDesign part) => ReferenceEquals(part.Gathered, gathered) ? this : new(this, part);

    /// <summary>forms[i] = x′·M·x of row start + i; shape (n).</summary>
    internal void Fill(int start, Span<double> forms)
    {
        forms.Clear();
        var (blocks, groups) = (gathered.Blocks, layout.Groups);
        for (var a = 0; a < blocks.Count; a++)
        {
            if (!layout.IsGrouped(a))
                AddOwn(blocks[a], tables.AsSpan(gathered.Layout.StartOf(a, a)), start, forms);
            for (var b = a + 1; b < blocks.Count; b++)
            {
                if (!(layout.IsGrouped(a) && layout.IsGrouped(b)))
                    AddPair(blocks[a], blocks[b], tables.AsSpan(gathered.Layout.StartOf(a, b)), start, forms);
            }
        }
        for (var (g, pair) = (0, 0); g < groups.Count; g++)
        {
            var cells = groups[g].Cells.AsSpan(start, forms.Length);
            CellSums.AddValues(cells, own[g], forms);
            for (var k = g + 1; k < groups.Count; k++, pair++)
            {
                var others = groups[k].Cells.AsSpan(start, forms.Length);
                CellSums.AddPairValues(2, pairs[pair], cells, others, groups[k].CellCount, forms);
            }
        }
    }

    double[] OwnOf(LevelGroup group)
    {
        var values = new double[group.CellCount];
        for (var cell = 0; cell < values.Length; cell++)
        {
            for (var m = 0; m < group.Members.Length; m++)
            {
                values[cell] += tables[gathered.Layout.StartOf(group.Members[m], group.Members[m]) + group.CellOf(m, cell)];
                for (var other = m + 1; other < group.Members.Length; other++)
                    values[cell] += 2 * Entry(group, m, cell, group, other, cell);
            }
        }
        return values;
    }

    double[] PairsOf(LevelGroup left, LevelGroup right)
    {
        var values = new double[left.CellCount * right.CellCount];
        for (var (cell, place) = (0, 0); cell < left.CellCount; cell++)
        {
            for (var other = 0; other < right.CellCount; other++, place++)
            {
                for (var m = 0; m < left.Members.Length; m++)
                {
                    for (var k = 0; k < right.Members.Length; k++)
                        values[place] += Entry(left, m, cell, right, k, other);
                }
            }
        }
        return values;
    }

    /// <summary>M's entry for what a member of one group has in a cell and a member of another group, or the same, in one.</summary>
    double Entry(LevelGroup left, int m, int cell, LevelGroup right, int k, int other)
    {
        var (a, i, b, j) = (left.Members[m], left.CellOf(m, cell), right.Members[k], right.CellOf(k, other));
        if (a > b)
            (a, i, b, j) = (b, j, a, i);
        return tables[gathered.Layout.StartOf(a, b) + i * gathered.Blocks[b].FullColumnCount + j];
    }

    static void AddOwn(DesignBlock block, ReadOnlySpan<double> table, int start, Span<double> forms)
    {
        var width = block.Width;
        for (var i = 0; i < forms.Length; i++)
        {
            var first = (block.Codes?[start + i] ?? 0) * width;
            for (var j = 0; j < width; j++)
            {
                for (var k = j; k < width; k++)
                {
                    var value = table[(first + j) * width + k] * Entry(block, j, start + i) * Entry(block, k, start + i);
                    forms[i] += j == k ? value : 2 * value;
                }
            }
        }
    }

    static void AddPair(DesignBlock left, DesignBlock right, ReadOnlySpan<double> table, int start, Span<double> forms)
    {
        var columns = right.FullColumnCount;
        if (left is { Codes: { } leftCodes, Columns.Length: 0 } && right is { Codes: { } rightCodes, Columns.Length: 0 })
        {
            for (var i = 0; i < forms.Length; i++)
                forms[i] += 2 * table[leftCodes[start + i] * columns + rightCodes[start + i]];
            return;
        }
        for (var i = 0; i < forms.Length; i++)
        {
            var first = (left.Codes?[start + i] ?? 0) * left.Width;
            var second = (right.Codes?[start + i] ?? 0) * right.Width;
            for (var j = 0; j < left.Width; j++)
            {
                for (var k = 0; k < right.Width; k++)
                    forms[i] +=
                        2 * table[(first + j) * columns + second + k] * Entry(left, j, start + i) * Entry(right, k, start + i);
            }
        }
    }

    static double Entry(DesignBlock block, int column, int row) => block.At(row, column);
}

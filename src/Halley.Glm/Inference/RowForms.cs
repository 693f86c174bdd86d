namespace Halley.Glm;

/// <summary>x′·M·x of each row, for a symmetric matrix over the active columns.</summary>
/// <remarks>
/// M is first brought to where rows meet it, a table for each pair of blocks; a row then adds one entry a pair of factors or smooths,
/// however many columns a smooth has.
/// </remarks>
sealed class RowForms
{
    readonly BinGathering gathered;
    readonly double[] tables;

    internal RowForms(PreparedDesign prepared, double[] matrix)
    {
        gathered = prepared.Design.Gathered;
        tables = gathered.SpreadMatrix(matrix, prepared.Active.Length, prepared.Places());
    }

    /// <summary>forms[i] = x′·M·x of row start + i; shape (n).</summary>
    internal void Fill(int start, Span<double> forms)
    {
        forms.Clear();
        var blocks = gathered.Blocks;
        for (var a = 0; a < blocks.Count; a++)
        {
            AddOwn(blocks[a], tables.AsSpan(gathered.Layout.StartOf(a, a)), start, forms);
            for (var b = a + 1; b < blocks.Count; b++)
                AddPair(blocks[a], blocks[b], tables.AsSpan(gathered.Layout.StartOf(a, b)), start, forms);
        }
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

    static double Entry(DesignBlock block, int column, int row) => block.Columns.Length == 0 ? 1 : block.Columns[column][row];
}

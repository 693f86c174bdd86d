using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>A term on the learn rows.</summary>
/// <param name="Cells">Shape (n); null for a term without levels.</param>
/// <param name="Columns">Shape (Width)(n); empty for a term without numbers.</param>
sealed record EncodedColumns(int[]? Cells, double[][] Columns)
{
    internal static EncodedColumns For(EncodedTerm term, int n)
    {
        var columns = new double[term.Bases.Count == 0 ? 0 : term.Width][];
        for (var j = 0; j < columns.Length; j++)
            columns[j] = new double[n];
        return new(term.Coders.Count == 0 ? null : new int[n], columns);
    }

    internal void Fill(EncodedTerm term, SlotBlock block, ReadOnlySpan<int> slots, RowBlock rows)
    {
        if (Cells is not null)
            term.Cells(block, slots, 0, rows.Of(Cells), new int[rows.Count]);
        if (Columns.Length == 0)
            return;
        var values = term.Columns(block, slots, 0, rows.Count, new double[term.ScratchWidth * rows.Count]);
        for (var j = 0; j < Columns.Length; j++)
            values.Slice(j * rows.Count, rows.Count).CopyTo(rows.Of(Columns[j]));
    }
}

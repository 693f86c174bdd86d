namespace Halley.Glm;

/// <summary>Rows of the design as their non-zero entries over the active columns, in the internal basis.</summary>
sealed class DesignRows
{
    readonly GlmDesign design;

    /// <summary>Position among the active columns of each full column; −1 for none.</summary>
    readonly int[] places;

    internal DesignRows(PreparedDesign prepared)
    {
        design = prepared.Design;
        places = prepared.Places();
        Widest = design.Blocks.Sum(block => block.Width);
    }

    /// <summary>Entries of a row at most.</summary>
    internal int Widest { get; }

    /// <summary>Writes a row's entries: positions among the active columns, and values. Shapes (<see cref="Widest"/>).</summary>
    /// <returns>Their number.</returns>
    internal int Fill(int row, Span<int> positions, Span<double> values)
    {
        var count = 0;
        foreach (var block in design.Blocks)
        {
            var cell = block.Codes is null || block.Bins is not null ? 0 : block.Codes[row];
            for (var j = 0; j < block.Width; j++)
            {
                var place = places[block.Start + cell * block.Width + j];
                var value = block.Bins is { } bins ? bins[block.Codes![row], j] : block.At(row, j);
                if (place < 0 || value == 0)
                    continue;
                (positions[count], values[count]) = (place, value);
                count++;
            }
        }
        return count;
    }
}

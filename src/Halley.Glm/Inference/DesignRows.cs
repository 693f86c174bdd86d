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
            if (block.Bins is { } bins)
            {
                var own = bins.Row(block.Codes![row], out var first);
                for (var j = 0; j < own.Length; j++)
                    Add(block.Start + first + j, own[j], positions, values);
                continue;
            }
            var cell = block.Codes?[row] ?? 0;
            for (var j = 0; j < block.Width; j++)
                Add(block.Start + cell * block.Width + j, block.At(row, j), positions, values);
        }
        return count;

        void Add(int full, double value, Span<int> positions, Span<double> values)
        {
            if (places[full] < 0 || value == 0)
                return;
            (positions[count], values[count]) = (places[full], value);
            count++;
        }
    }
}

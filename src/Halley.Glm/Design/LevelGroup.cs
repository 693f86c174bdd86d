namespace Halley.Glm;

/// <summary>Blocks of levels whose cells are counted together: one cell for each combination of their levels.</summary>
/// <remarks>Two small factors cost two sums a row apart and one together; their own sums follow from those of the combinations.</remarks>
/// <param name="Members">Positions of the blocks.</param>
/// <param name="CellCounts">Cells of each member.</param>
/// <param name="Cells">Cell of each row, the first member's counting slowest; shape (n).</param>
sealed record LevelGroup(int[] Members, int[] CellCounts, int[] Cells)
{
    readonly int[][] cellsOf = [.. CellCounts.Select((_, m) => CellsOf(CellCounts, m))];

    internal int CellCount => cellsOf[0].Length;

    /// <summary>Cell of a member that a cell of the group stands for.</summary>
    internal int CellOf(int member, int cell) => cellsOf[member][cell];

    static int[] CellsOf(int[] counts, int member)
    {
        var stride = counts.Skip(member + 1).Aggregate(1, (product, count) => product * count);
        var cells = new int[counts.Aggregate(1, (product, count) => product * count)];
        for (var cell = 0; cell < cells.Length; cell++)
            cells[cell] = cell / stride % counts[member];
        return cells;
    }
}

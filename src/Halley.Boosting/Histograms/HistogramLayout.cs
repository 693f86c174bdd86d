namespace Halley.Boosting;

/// <summary>Where each feature's bins stand in a histogram, which is one array over all features.</summary>
sealed class HistogramLayout
{
    readonly int[] starts;
    readonly Dictionary<StoredColumn, int[][]> maps = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<StoredColumn, int> runs = new(ReferenceEqualityComparer.Instance);

    internal HistogramLayout(BinnedTable table)
    {
        starts = new int[table.Features.Length + 1];
        for (var feature = 0; feature < table.Features.Length; feature++)
            starts[feature + 1] = starts[feature] + table.Features[feature].BinCount;
        foreach (var column in table.Columns)
        {
            int[][] own =
            [
                .. column.Members.Select((member, i) => column.Bins[i].Select(bin => starts[member.Feature] + bin).ToArray()),
            ];
            maps[column] = own;
            runs[column] = own is [var map] && map.Select((cell, code) => cell - code).Distinct().Count() == 1 ? map[0] : -1;
        }
    }

    /// <summary>Bins of all features together.</summary>
    internal int CellCount => starts[^1];

    /// <summary>One feature's cells.</summary>
    internal (int Start, int Count) RangeOf(int feature) => (starts[feature], starts[feature + 1] - starts[feature]);

    /// <summary>For each member of a column: the cell that each of its codes counts in.</summary>
    internal int[][] MapsOf(StoredColumn column) => maps[column];

    /// <summary>The cell of a column's code 0 where its codes count in cells one behind the other; else −1.</summary>
    internal int RunOf(StoredColumn column) => runs[column];
}

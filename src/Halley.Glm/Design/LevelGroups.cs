using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Chooses which blocks of levels are counted together.</summary>
static class LevelGroups
{
    /// <summary>Cells of a group at most.</summary>
    const int CellLimit = 512;

    /// <summary>Numbers in all tables at most: they stay in the second-level cache.</summary>
    const int TableLimit = 96 * 1024;

    /// <summary>Rows that a cell must stand for on average: with fewer, bringing the sums back costs more than it saves.</summary>
    const int RowsPerCell = 32;

    /// <param name="blocks">All blocks of the design.</param>
    /// <param name="levels">Positions of those that are levels alone.</param>
    /// <param name="width">Numbers that are summed by cell.</param>
    internal static LevelGroup[] Of(IReadOnlyList<DesignBlock> blocks, IEnumerable<int> levels, int width, int rowCount)
    {
        var groups = levels.Select(b => (Members: new List<int> { b }, Count: (long)blocks[b].CellCount)).ToList();
        while (Cheapest(groups, width, rowCount) is var (a, b))
        {
            groups[a] = ([.. groups[a].Members, .. groups[b].Members], groups[a].Count * groups[b].Count);
            groups.RemoveAt(b);
        }
        return [.. groups.Select(group => Joined(blocks, [.. group.Members.Order()]))];
    }

    /// <summary>The same groups over other rows of the same blocks.</summary>
    internal static LevelGroup[] On(IReadOnlyList<LevelGroup> groups, IReadOnlyList<DesignBlock> blocks) =>
        [.. groups.Select(group => group with { Cells = CellsOf(blocks, group.Members, group.CellCounts) })];

    /// <summary>The two groups that make the smallest one together, where that is small enough; null where none do.</summary>
    static (int A, int B)? Cheapest(List<(List<int> Members, long Count)> groups, int width, int rowCount)
    {
        (int, int)? best = null;
        var least = Math.Min(CellLimit, rowCount / RowsPerCell) + 1L;
        for (var a = 0; a < groups.Count; a++)
        {
            for (var b = a + 1; b < groups.Count; b++)
            {
                var joint = groups[a].Count * groups[b].Count;
                if (joint >= least || TableLength(groups, a, b, width) > TableLimit)
                    continue;
                (best, least) = ((a, b), joint);
            }
        }
        return best;
    }

    static long TableLength(List<(List<int> Members, long Count)> groups, int a, int b, int width)
    {
        var counts = groups
            .Where((_, g) => g != a && g != b)
            .Select(group => group.Count)
            .Append(groups[a].Count * groups[b].Count);
        var (sum, length) = (0L, 0L);
        foreach (var count in counts)
        {
            length += count * width + sum * count;
            sum += count;
        }
        return length;
    }

    static LevelGroup Joined(IReadOnlyList<DesignBlock> blocks, int[] members)
    {
        var counts = Array.ConvertAll(members, member => blocks[member].CellCount);
        return new(members, counts, CellsOf(blocks, members, counts));
    }

    static int[] CellsOf(IReadOnlyList<DesignBlock> blocks, int[] members, int[] counts)
    {
        if (members.Length == 1)
            return blocks[members[0]].Codes!;
        var cells = new int[blocks[members[0]].Codes!.Length];
        RowBlocks.For(
            cells.Length,
            0,
            rows =>
            {
                var own = rows.Of(cells);
                for (var m = 0; m < members.Length; m++)
                {
                    var codes = rows.Of(blocks[members[m]].Codes!);
                    for (var i = 0; i < own.Length; i++)
                        own[i] = own[i] * counts[m] + codes[i];
                }
            }
        );
        return cells;
    }
}

using Halley.Kernels;

namespace Halley.Glm;

/// <summary>A group of very many cells, whose sums are there once.</summary>
sealed partial class PassLayout
{
    static int WidestOf(LevelGroup[] groups)
    {
        var widest = -1;
        for (var g = 0; g < groups.Length; g++)
        {
            if (groups[g].CellCount > (widest < 0 ? WideCells : groups[widest].CellCount))
                widest = g;
        }
        return widest;
    }

    (int[] Places, int Stride) WidePlaces()
    {
        var (places, next) = (new int[groups.Length], width);
        for (var g = 0; g < groups.Length; g++)
        {
            places[g] = next;
            next += g == wide ? 0 : groups[g].CellCount;
        }
        return (places, wide < 0 ? 0 : next);
    }

    /// <summary>Adds rows to their cells of the wide group: each thread those of its own cells, in the order of the rows.</summary>
    /// <param name="rows">What each row adds, shape (n × width).</param>
    internal void AddWide(double[] rows, int start, int count, int threads, double[] sums)
    {
        var shares = Math.Min(WorkItems.ThreadCount(threads), groups[wide].CellCount);
        WorkItems.For(shares, threads, share => AddShare(rows, start, count, share, shares, sums), CancellationToken.None);
    }

    void AddShare(double[] rows, int start, int count, int share, int shares, double[] sums)
    {
        var cells = groups[wide].Cells.AsSpan(start, count);
        for (var i = 0; i < cells.Length; i++)
        {
            if (shares > 1 && cells[i] % shares != share)
                continue;
            var row = rows.AsSpan(i * width, width);
            var own = sums.AsSpan(cells[i] * wideStride, wideStride);
            for (var j = 0; j < row.Length; j++)
                own[j] += row[j];
            for (var g = 0; g < groups.Length; g++)
            {
                if (g != wide)
                    own[widePlaces[g] + groups[g].Cells[start + i]] += row[1];
            }
        }
    }
}

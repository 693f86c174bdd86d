namespace Halley.Glm;

/// <summary>Score and products from what a pass has summed.</summary>
sealed partial class PassLayout
{
    /// <summary>Score and products by column from the sums of all rows.</summary>
    /// <param name="apart">Those of a wide group; empty where there is none.</param>
    internal (double[] Score, double[] Products) Expand(ReadOnlySpan<double> sums, ReadOnlySpan<double> apart)
    {
        var score = sums[..columnCount].ToArray();
        var table = Rooms.Take(products.Length);
        sums.Slice(columnCount, productCount).CopyTo(table);
        for (var k = 0; k < sources.Length; k++)
            ExpandSource(k, sums[sourceStarts[k]..], score, table);
        for (var g = 0; g < groups.Length; g++)
        {
            var group = groups[g];
            if (g == wide)
            {
                ExpandWide(apart, score, table);
                continue;
            }
            for (var cell = 0; cell < group.CellCount; cell++)
                ExpandCell(group, cell, sums.Slice(groupStarts[g] + cell * width, width), score, table);
            for (var k = g + 1; k < groups.Length; k++)
            {
                if (k != wide)
                    ExpandPairs(group, groups[k], sums[pairStarts[g, k]..], table);
            }
        }
        return (score, table);
    }

    void ExpandCell(LevelGroup group, int cell, ReadOnlySpan<double> row, double[] score, double[] table)
    {
        for (var m = 0; m < group.Members.Length; m++)
        {
            var (b, own) = (group.Members[m], group.CellOf(m, cell));
            score[blocks[b].Start + own] += row[0];
            table[products.StartOf(b, b) + own] += row[1];
            for (var j = 0; j < rowPlaces.Length; j++)
                table[products.StartOf(0, b) + j * blocks[b].CellCount + own] += row[rowPlaces[j]];
            for (var other = m + 1; other < group.Members.Length; other++)
                table[PlaceOf(b, own, group.Members[other], group.CellOf(other, cell))] += row[1];
        }
    }

    /// <summary>What block 0 has with a source's columns and with the constant, from the sums by the source's cells.</summary>
    void ExpandSource(int k, ReadOnlySpan<double> sums, double[] score, double[] table)
    {
        var (source, own, all) = (sources[k], WidthOf(k), blocks[0].Width);
        for (var cell = 0; cell < source.CellCount; cell++)
        {
            var row = sums.Slice(cell * own, own);
            if (row[1] == 0 && row[0] == 0)
                continue;
            if (k == 0)
            {
                score[0] += row[0];
                table[0] += row[1];
            }
            for (var j = 0; j < source.Columns.Length; j++)
            {
                var (x, column) = (source.Table[cell * source.Stride + j], source.Columns[j]);
                score[column] += row[0] * x;
                table[column] += row[1] * x;
                for (var i = j; i < source.Columns.Length; i++)
                    table[column * all + source.Columns[i]] += row[1] * x * source.Table[cell * source.Stride + i];
                for (var narrower = 0; narrower < k; narrower++)
                {
                    foreach (var other in sources[narrower].Columns)
                        table[Math.Min(other, column) * all + Math.Max(other, column)] += row[rowPlaces[other]] * x;
                }
            }
        }
    }

    void ExpandWide(ReadOnlySpan<double> sums, double[] score, double[] table)
    {
        for (var cell = 0; cell < groups[wide].CellCount; cell++)
        {
            var own = sums.Slice(cell * wideStride, wideStride);
            ExpandCell(groups[wide], cell, own[..width], score, table);
            for (var g = 0; g < groups.Length; g++)
            {
                if (g != wide)
                    ExpandPair(groups[wide], cell, groups[g], own.Slice(widePlaces[g], groups[g].CellCount), table);
            }
        }
    }

    void ExpandPairs(LevelGroup left, LevelGroup right, ReadOnlySpan<double> sums, double[] table)
    {
        for (var a = 0; a < left.CellCount; a++)
            ExpandPair(left, a, right, sums.Slice(a * right.CellCount, right.CellCount), table);
    }

    /// <summary>What a cell has with the cells of another group.</summary>
    void ExpandPair(LevelGroup left, int a, LevelGroup right, ReadOnlySpan<double> sums, double[] table)
    {
        for (var b = 0; b < sums.Length; b++)
        {
            if (sums[b] == 0)
                continue;
            for (var m = 0; m < left.Members.Length; m++)
            {
                for (var k = 0; k < right.Members.Length; k++)
                    table[PlaceOf(left.Members[m], left.CellOf(m, a), right.Members[k], right.CellOf(k, b))] += sums[b];
            }
        }
    }

    int PlaceOf(int a, int i, int b, int j) =>
        a < b
            ? products.StartOf(a, b) + i * blocks[b].FullColumnCount + j
            : products.StartOf(b, a) + j * blocks[a].FullColumnCount + i;
}

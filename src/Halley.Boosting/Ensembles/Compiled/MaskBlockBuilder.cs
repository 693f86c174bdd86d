using System.Numerics;

namespace Halley.Boosting;

/// <summary>Builds the masks of a run of trees.</summary>
sealed class MaskBlockBuilder<TMask>(TreeNodes nodes, CellColumn[] columns, int[] cellOf)
    where TMask : unmanaged, IBinaryInteger<TMask>
{
    readonly List<MaskBlocks<TMask>.Block> blocks = [];
    readonly List<ushort> map = [];
    readonly List<TMask> masks = [];

    internal MaskBlocks<TMask> Build(int firstTree, int count, ScoreRule rule)
    {
        var bits = MaskBlocks<TMask>.Bits;
        var values = new double[count * bits];
        for (var start = 0; start < count; start += MaskBlocks<TMask>.Lanes)
            AddBlock(firstTree, start, Math.Min(MaskBlocks<TMask>.Lanes, count - start), values);
        var outputs = Enumerable.Range(firstTree, count).Select(rule.OutputOf).ToArray();
        return new([.. blocks], [.. map], [.. masks], values, outputs);
    }

    void AddBlock(int firstTree, int start, int trees, double[] values)
    {
        var cuts = new Dictionary<int, List<Cut>>();
        for (var lane = 0; lane < trees; lane++)
            Gather(firstTree + start + lane, lane, values.AsSpan((start + lane) * MaskBlocks<TMask>.Bits), cuts);
        var (firstMask, rows) = (masks.Count, 0);
        var parts = new List<MaskBlocks<TMask>.Part>();
        foreach (var (cell, own) in cuts.OrderBy(pair => pair.Key))
        {
            parts.Add(new(cell, map.Count));
            rows = columns[cell].Cuts is { } all ? AddNumbers(all, own, rows) : AddCodes(columns[cell].Codes, own, rows);
        }
        blocks.Add(new(start, trees, firstMask, [.. parts]));
    }

    /// <summary>The leaves below each child of each cut of a tree, and the values of the leaves.</summary>
    void Gather(int tree, int lane, Span<double> values, Dictionary<int, List<Cut>> cuts)
    {
        var (start, end) = nodes.RangeOf(tree);
        var below = new TMask[end - start];
        var leaf = 0;
        for (var index = end - 1; index >= start; index--)
        {
            var node = nodes.All[index];
            if (node.IsLeaf)
            {
                values[leaf] = node.Value;
                below[index - start] = TMask.One << leaf++;
                continue;
            }
            var (left, right) = (below[node.Left - start], below[node.Left + 1 - start]);
            below[index - start] = left | right;
            var cell = cellOf[node.Input];
            if (!cuts.TryGetValue(cell, out var list))
                cuts[cell] = list = [];
            list.Add(new(node, lane, ~right, ~left));
        }
    }

    int AddNumbers(double[] all, List<Cut> own, int rows)
    {
        var values = own.Select(cut => cut.Node.Value).Distinct().Order().ToArray();
        var missing = rows + values.Length + 1;
        // An interval i lies above i of the block's own cuts.
        for (var interval = 0; interval <= values.Length; interval++)
            AddMasks(own, cut => Array.BinarySearch(values, cut.Node.Value) >= interval);
        AddMasks(own, cut => cut.Node.MissingLeft);
        map.Add((ushort)missing);
        for (var (cell, interval) = (0, 0); cell <= all.Length; cell++)
        {
            while (interval < values.Length && cell > 0 && values[interval] <= all[cell - 1])
                interval++;
            map.Add((ushort)(rows + interval));
        }
        return missing + 1;
    }

    int AddCodes(int codes, List<Cut> own, int rows)
    {
        map.Add((ushort)rows);
        AddMasks(own, cut => cut.Node.MissingLeft);
        for (var code = 0; code <= codes; code++)
        {
            // The cell behind the last code is for numbers that no set holds.
            double x = code == codes ? -1 : code;
            map.Add((ushort)(rows + 1 + code));
            AddMasks(own, cut => nodes.GoesLeft(cut.Node, x));
        }
        return rows + codes + 2;
    }

    void AddMasks(List<Cut> own, Func<Cut, bool> goesLeft)
    {
        Span<TMask> lanes = stackalloc TMask[MaskBlocks<TMask>.Lanes];
        lanes.Fill(TMask.AllBitsSet);
        foreach (var cut in own)
            lanes[cut.Lane] &= goesLeft(cut) ? cut.KeptLeft : cut.KeptRight;
        foreach (var lane in lanes)
            masks.Add(lane);
    }

    readonly record struct Cut(TreeNode Node, int Lane, TMask KeptLeft, TMask KeptRight);
}

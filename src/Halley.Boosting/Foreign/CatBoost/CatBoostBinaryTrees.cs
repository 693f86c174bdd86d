using System.Buffers.Binary;
using System.Globalization;

namespace Halley.Boosting;

/// <summary>The trees of a <c>.cbm</c> file.</summary>
/// <remarks>
/// A tree is a run of cuts. Symmetric: as many cuts as levels, 2^levels leaves. Others: a cut for each node, leaves included, with the
/// distance to its left and right child, 0 for none; a node without a child on the side it takes is a leaf, whose values start where its
/// entry says.
/// </remarks>
static class CatBoostBinaryTrees
{
    const int MostCuts = 16;

    internal static void Add(FlatBuffer.Table trees, CatBoostParts parts)
    {
        var (splits, sizes) = (trees.Ints(1), trees.Ints(2));
        var (values, weights) = (trees.Doubles(8), trees.Doubles(9));
        var (steps, leaves) = (trees.Bytes(10, 4).ToArray(), trees.Ints(11));
        if (!Array.TrueForAll(values, double.IsFinite) || !Array.TrueForAll(weights, double.IsFinite))
            ForeignErrors.Malformed("core", $"a leaf value or weight is not finite.");
        var (cut, leaf, cutCount) = (0L, 0L, parts.CutCount);
        for (var tree = 0; tree < sizes.Length; tree++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"tree {tree}");
            if (sizes[tree] < 0 || cut + sizes[tree] > splits.Length)
                ForeignErrors.Malformed(place, $"it has {sizes[tree]} cuts, and {splits.Length - cut} are left.");
            var own = splits.AsSpan((int)cut, sizes[tree]);
            if (steps.Length == 0)
            {
                foreach (var split in own)
                    CheckCut(split, cutCount, place);
                parts.Trees.Add(Symmetric(own, parts.Outputs, values, weights, ref leaf, place));
            }
            else
            {
                parts.Trees.Add(Other(own, (int)cut, cutCount, parts.Outputs, values, weights, steps, leaves, ref leaf, place));
            }
            cut += sizes[tree];
        }
    }

    static void CheckCut(int split, int cutCount, string place)
    {
        if ((uint)split >= (uint)cutCount)
            ForeignErrors.Malformed(place, $"it has cut number {split} of {cutCount}.");
    }

    static CatBoostNode[] Symmetric(
        ReadOnlySpan<int> cuts,
        int outputs,
        double[] values,
        double[] weights,
        ref long leaf,
        string place
    )
    {
        var (start, count) = (leaf, 1L << Math.Min(cuts.Length, MostCuts + 1));
        if (cuts.Length > MostCuts || (start + count) * outputs > values.Length)
            ForeignErrors.Malformed(
                place,
                $"it has {cuts.Length} cuts, and {values.Length - start * outputs} leaf values are left."
            );
        leaf += count;
        return CatBoostParts.Symmetric(
            cuts,
            index =>
            {
                var at = (int)(start + index);
                return (values[(at * outputs)..((at + 1) * outputs)], at < weights.Length ? weights[at] : 0);
            }
        );
    }

    static CatBoostNode[] Other(
        ReadOnlySpan<int> own,
        int first,
        int cutCount,
        int outputs,
        double[] values,
        double[] weights,
        byte[] steps,
        int[] leaves,
        ref long leaf,
        string place
    )
    {
        if ((long)(first + own.Length) * 4 > steps.Length || first + own.Length > leaves.Length)
            ForeignErrors.Malformed(place, $"its nodes run to {first + own.Length}, and {steps.Length / 4} are there.");
        var (nodes, firstValue) = (new List<CatBoostNode>(), leaf);
        for (var node = 0; node < own.Length; node++)
        {
            var entry = steps.AsSpan(4 * (first + node));
            var left = BinaryPrimitives.ReadUInt16LittleEndian(entry);
            var right = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            if (left == 0 && right == 0)
            {
                nodes.Add(LeafOf(leaves[first + node]));
                continue;
            }
            CheckCut(own[node], cutCount, place);
            nodes.Add(new(own[node], left == 0 ? -2 : node + left, right == 0 ? -2 : node + right, [], 0, -1));
        }
        // A cut with one child only holds its other leaf itself.
        for (var node = 0; node < own.Length; node++)
        {
            if (nodes[node].Cut < 0 || (nodes[node].Left != -2 && nodes[node].Right != -2))
                continue;
            nodes.Add(LeafOf(leaves[first + node]));
            nodes[node] =
                nodes[node].Left == -2
                    ? nodes[node] with
                    {
                        Left = nodes.Count - 1,
                    }
                    : nodes[node] with
                    {
                        Right = nodes.Count - 1,
                    };
        }
        leaf += nodes.Count(node => node.Cut < 0);
        return [.. nodes];

        CatBoostNode LeafOf(int at)
        {
            if (at < 0 || at + (long)outputs > values.Length)
                ForeignErrors.Malformed(place, $"a leaf's values start at {at} of {values.Length}.");
            var number = at / outputs;
            return new(
                -1,
                -1,
                -1,
                values[at..(at + outputs)],
                number < weights.Length ? weights[number] : 0,
                (int)(number - firstValue)
            );
        }
    }
}

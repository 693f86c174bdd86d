using System.Runtime.Intrinsics;

namespace Halley.Boosting;

sealed partial class TreeGrower
{
    readonly BoostingOptions options;
    readonly CancellationToken cancellation;
    readonly BinnedTable table;
    readonly int[] directions;
    readonly HistogramLayout layout;
    readonly SplitRules rules;
    readonly RowPartition partition;
    readonly HistogramBuilder builder;
    readonly SplitFinder finder;
    readonly List<Leaf> leaves = [];
    readonly Stack<GradientSums[]> spare = new();

    /// <param name="directions">Shape (features): 1 rising, −1 falling, 0 free.</param>
    internal TreeGrower(BoostingOptions options, BinnedTable table, int[] directions, int threads, CancellationToken cancellation)
    {
        (this.options, this.table, this.directions, this.cancellation) = (options, table, directions, cancellation);
        layout = new(table.Features);
        rules = new(options);
        partition = new(table, threads);
        builder = new(table, layout, threads);
        finder = new(options, table.Features, directions, layout, rules, threads);
    }

    GrownTree PlantRoot(Vector128<double>[] pairs, ReadOnlyMemory<int> sample, int[] features)
    {
        foreach (var leaf in leaves)
            Release(leaf);
        leaves.Clear();
        partition.Reset(sample.Span);
        var count = sample.IsEmpty ? table.RowCount : sample.Length;
        var histogram = Rent();
        builder.Build(sample, count, pairs, features, histogram);
        var sums = default(GradientSums);
        foreach (var cell in layout.Of(features[0], histogram))
            sums += cell;
        var tree = new GrownTree();
        var root = new Leaf
        {
            Node = tree.Add(sums),
            Start = 0,
            Count = count,
            Depth = 0,
            Sums = sums,
            Bounds = ValueBounds.None,
            Histogram = histogram,
        };
        FindSplit(root, features);
        leaves.Add(root);
        return tree;
    }

    /// <summary>Index of the leaf of largest gain, ties to the lowest; −1 where none can be cut.</summary>
    int BestLeaf()
    {
        var best = -1;
        for (var i = 0; i < leaves.Count; i++)
        {
            if (leaves[i].Best is { } split && (best < 0 || split.Gain > leaves[best].Best!.Gain))
                best = i;
        }
        return best;
    }

    (Leaf Left, Leaf Right) Cut(GrownTree tree, Leaf parent)
    {
        var split = parent.Best!;
        var leftCount = partition.Split(parent.Start, parent.Count, split.Feature, split.GoesLeft);
        var node = tree.Cut(parent.Node, split);
        var (leftBounds, rightBounds) = ChildBounds(parent.Bounds, split);
        return (
            new()
            {
                Node = node,
                Start = parent.Start,
                Count = leftCount,
                Depth = parent.Depth + 1,
                Sums = split.Left,
                Bounds = leftBounds,
            },
            new()
            {
                Node = node + 1,
                Start = parent.Start + leftCount,
                Count = parent.Count - leftCount,
                Depth = parent.Depth + 1,
                Sums = split.Right,
                Bounds = rightBounds,
            }
        );
    }

    /// <summary>Behind a cut on a monotone feature all values on one side stay on that side of the middle.</summary>
    (ValueBounds Left, ValueBounds Right) ChildBounds(ValueBounds bounds, Split split)
    {
        var direction = directions[split.Feature];
        if (direction == 0)
            return (bounds, bounds);
        var middle = (rules.Value(split.Left, bounds, rules.L2) + rules.Value(split.Right, bounds, rules.L2)) / 2;
        var (below, above) = (bounds with { Upper = middle }, bounds with { Lower = middle });
        return direction > 0 ? (below, above) : (above, below);
    }

    void ShareHistogram(Leaf parent, Leaf left, Leaf right, Vector128<double>[] pairs, int[] features)
    {
        var (smaller, larger) = left.Count <= right.Count ? (left, right) : (right, left);
        if (!CanSplit(smaller) && !CanSplit(larger))
        {
            Release(parent);
            return;
        }
        smaller.Histogram = Rent();
        builder.Build(partition.Rows(smaller.Start, smaller.Count), smaller.Count, pairs, features, smaller.Histogram);
        (larger.Histogram, parent.Histogram) = (parent.Histogram!, null);
        foreach (var feature in features)
            Subtract(layout.Of(feature, smaller.Histogram), layout.Of(feature, larger.Histogram));
    }

    static void Subtract(ReadOnlySpan<GradientSums> part, Span<GradientSums> whole)
    {
        whole = whole[..part.Length];
        for (var bin = 0; bin < part.Length; bin++)
            whole[bin] -= part[bin];
    }

    void FindSplit(Leaf leaf, int[] features)
    {
        if (leaf.Histogram is not null && CanSplit(leaf))
            leaf.Best = finder.Find(leaf.Histogram, leaf.Sums, leaf.Bounds, features);
        if (leaf.Best is null)
            Release(leaf);
    }

    bool CanSplit(Leaf leaf) =>
        leaves.Count < options.MaximumLeaves
        && leaf.Depth < options.MaximumDepth
        && leaf.Count >= 2L * options.MinimumLeafRows
        && leaf.Sums.Hessian >= 2 * options.MinimumLeafHessian;

    GradientSums[] Rent() => spare.TryPop(out var histogram) ? histogram : new GradientSums[layout.CellCount];

    void Release(Leaf leaf)
    {
        if (leaf.Histogram is null)
            return;
        spare.Push(leaf.Histogram);
        leaf.Histogram = null;
    }
}

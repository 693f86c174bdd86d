using Halley.Kernels;

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
    readonly SymmetricSplits symmetric;
    readonly FeatureChoice choice;
    ulong round;
    readonly List<Leaf> leaves = [];

    /// <summary>Gives leaves their values in a second look at their rows; null where splits have the last word.</summary>
    internal LeafValues? Values { get; init; }

    readonly Stack<GradientSums[]> spare = new();

    /// <param name="directions">Shape (features): 1 rising, −1 falling, 0 free.</param>
    internal TreeGrower(
        BoostingOptions options,
        BinnedTable table,
        Gradients gradients,
        int[] directions,
        int threads,
        CancellationToken cancellation
    )
    {
        (this.options, this.table, this.directions, this.cancellation) = (options, table, directions, cancellation);
        layout = new(table);
        rules = new(options);
        builder = new(table, layout, gradients, threads);
        partition = new(table, builder, threads);
        choice = new(options, table.Features);
        symmetric = new(options, table.Features, layout, rules);
        finder = new(options, table.Features, directions, layout, rules, threads);
    }

    GrownTree PlantRoot(ReadOnlyMemory<int> sample, int[] features)
    {
        foreach (var leaf in leaves)
            Release(leaf);
        leaves.Clear();
        partition.Reset(sample.Span);
        var count = sample.IsEmpty ? table.RowCount : sample.Length;
        var histogram = Rent();
        builder.Build(sample, count, histogram);
        var sums = default(GradientSums);
        foreach (var cell in layout.Of(features[0], histogram))
            sums += cell;
        sums *= builder.Gradients.Unit;
        var tree = new GrownTree();
        var root = new Leaf
        {
            Node = tree.Add(sums),
            Start = 0,
            Count = count,
            Depth = 0,
            Sums = sums,
            Bounds = ValueBounds.None,
            Groups = choice.AllGroups,
            Histogram = histogram,
        };
        leaves.Add(root);
        return tree;
    }

    /// <summary>Index of the leaf whose turn it is, ties to the lowest; −1 where none can be cut.</summary>
    int BestLeaf()
    {
        var best = -1;
        for (var i = 0; i < leaves.Count; i++)
        {
            if (leaves[i].Best is not null && (best < 0 || ComesBefore(leaves[i], leaves[best])))
                best = i;
        }
        return best;
    }

    bool ComesBefore(Leaf leaf, Leaf other) =>
        options.Growth == GrowthPolicy.DepthWise && leaf.Depth != other.Depth
            ? leaf.Depth < other.Depth
            : leaf.Best!.Gain > other.Best!.Gain;

    /// <summary>Cuts a leaf: sorts its rows, adds up the smaller child's histogram, and leaves the rest of the parent's to the larger.</summary>
    /// <param name="wanted">Whether a child may be cut in its turn.</param>
    (Leaf Left, Leaf Right) Cut(GrownTree tree, Leaf parent, bool wanted)
    {
        var split = parent.Best!;
        var leftSmaller = split.Left.Rows <= split.Right.Rows;
        var smaller = wanted ? Rent() : null;
        if (smaller is not null)
            Array.Clear(smaller);
        var leftCount = partition.Cut(parent.Start, parent.Count, split, smaller, leftSmaller);
        var larger = smaller is null ? null : Rest(parent, smaller);
        Release(parent);
        var node = tree.Cut(parent.Node, split);
        var (leftBounds, rightBounds) = ChildBounds(parent.Bounds, split);
        var groups = choice.GroupsBehind(parent.Groups, split.Feature);
        return (
            new()
            {
                Node = node,
                Start = parent.Start,
                Count = leftCount,
                Depth = parent.Depth + 1,
                Sums = split.Left,
                Bounds = leftBounds,
                Groups = groups,
                Inherited = rules.Allow(split.Left) ? null : ValueOf(parent),
                Histogram = leftSmaller ? smaller : larger,
            },
            new()
            {
                Node = node + 1,
                Start = parent.Start + leftCount,
                Count = parent.Count - leftCount,
                Depth = parent.Depth + 1,
                Sums = split.Right,
                Bounds = rightBounds,
                Groups = groups,
                Inherited = rules.Allow(split.Right) ? null : ValueOf(parent),
                Histogram = leftSmaller ? larger : smaller,
            }
        );
    }

    /// <summary>Gives the leaves that are large enough the values that their rows ask for.</summary>
    void Refine(GrownTree tree, LeafValues values)
    {
        var own = leaves.FindAll(leaf => leaf.Inherited is null);
        var rows = own.ConvertAll(leaf => partition.Rows(leaf.Start, leaf.Count));
        WorkItems.For(
            own.Count,
            builder.ThreadsFor(table.RowCount),
            index =>
                tree.Nodes[own[index].Node].Value =
                    options.LearningRate * values.ValueOf(rows[index].Span, ValueOf(own[index]), own[index].Bounds)
        );
    }

    double ValueOf(Leaf leaf) => leaf.Inherited ?? rules.Value(leaf.Sums, leaf.Bounds, rules.L2);

    /// <summary>The parent's histogram, taken from it, less one child's: the other child's.</summary>
    static GradientSums[] Rest(Leaf parent, GradientSums[] part)
    {
        var whole = parent.Histogram!;
        parent.Histogram = null;
        for (var cell = 0; cell < part.Length; cell++)
            whole[cell] -= part[cell];
        return whole;
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

    void FindSplit(Leaf leaf, int[] features)
    {
        if (leaf.Histogram is not null && CanSplit(leaf.Sums, leaf.Depth))
            leaf.Best = finder.Find(
                leaf.Histogram,
                builder.Gradients.Unit,
                leaf.Sums,
                leaf.Bounds,
                choice.For(features, leaf.Groups, round, leaf.Node)
            );
        if (leaf.Best is null)
            Release(leaf);
    }

    bool CanSplit(GradientSums sums, int depth) =>
        leaves.Count < options.MaximumLeaves
        && depth < options.MaximumDepth
        && sums.Rows >= 2L * options.MinimumLeafRows
        && sums.Hessian >= 2 * options.MinimumLeafHessian;

    GradientSums[] Rent() => spare.TryPop(out var histogram) ? histogram : new GradientSums[layout.CellCount];

    void Release(Leaf leaf)
    {
        if (leaf.Histogram is null)
            return;
        spare.Push(leaf.Histogram);
        leaf.Histogram = null;
    }
}

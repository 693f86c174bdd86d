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
    readonly bool keepsOrder;
    ulong round;
    readonly List<Leaf> leaves = [];

    /// <summary>Gives leaves their values in a second look at their rows; null where splits have the last word.</summary>
    internal LeafValues? Values { get; init; }

    /// <summary>Gives leaves linear models; null where they have values alone.</summary>
    internal LeafModels? Models { get; init; }

    const int MaximumPasses = 20;

    readonly Stack<LeafHistogram> spare = new();

    /// <param name="directions">Shape (features): 1 rising, −1 falling, 0 free.</param>
    /// <param name="lists">Shared with growers that take turns; null for its own.</param>
    internal TreeGrower(
        BoostingOptions options,
        BinnedTable table,
        Gradients gradients,
        int[] directions,
        int threads,
        CancellationToken cancellation,
        RowLists? lists = null
    )
    {
        (this.options, this.table, this.directions, this.cancellation) = (options, table, directions, cancellation);
        keepsOrder = options.MonotoneMethod == MonotoneMethod.Exact && directions.AsSpan().ContainsAnyExcept(0);
        layout = new(table);
        rules = new(options);
        builder = new(table, layout, gradients, threads);
        partition = new(table, builder, lists ?? new(table.RowCount), threads);
        choice = new(options, table.Features);
        symmetric = new(options, table.Features, rules);
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
        var cells = histogram.Of(features[0]);
        for (var bin = 0; bin < cells.Length; bin++)
            sums += cells[bin];
        sums *= builder.Gradients.Unit;
        var tree = new GrownTree();
        var root = new Leaf
        {
            Node = tree.Add(sums),
            Start = 0,
            Count = count,
            Depth = 0,
            Sums = sums,
            Value = rules.RootValue(sums),
            Bounds = ValueBounds.None with { Prior = rules.RootValue(sums) },
            Order = keepsOrder ? LeafOrder.OfRoot(table.Features, directions, rules.RootValue(sums)) : null,
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
            : leaf.Best!.Rank > other.Best!.Rank;

    /// <summary>Cuts a leaf: sorts its rows, adds up the smaller child's histogram, and leaves the rest of the parent's to the larger.</summary>
    /// <param name="wanted">Whether a child may be cut in its turn.</param>
    (Leaf Left, Leaf Right) Cut(GrownTree tree, Leaf parent, bool wanted)
    {
        var split = parent.Best!;
        var leftSmaller = split.Left.Rows <= split.Right.Rows;
        var smaller = wanted ? Rent() : null;
        smaller?.Clear((int)Math.Min(split.Left.Rows, split.Right.Rows));
        var leftCount = partition.Cut(parent.Start, parent.Count, split, smaller, leftSmaller);
        var larger = smaller is null ? null : Rest(parent, smaller, Math.Max(leftCount, parent.Count - leftCount));
        Release(parent);
        var node = tree.Cut(parent.Node, split);
        var order = parent.Order?.Cut(split, rules);
        var bounds = ChildBounds(parent, split);
        var groups = choice.GroupsBehind(parent.Groups, split.Feature);
        return (
            Child(node, parent.Start, leftCount, split.Left, bounds.Left, order?.Left, leftSmaller ? smaller : larger),
            Child(
                node + 1,
                parent.Start + leftCount,
                parent.Count - leftCount,
                split.Right,
                bounds.Right,
                order?.Right,
                leftSmaller ? larger : smaller
            )
        );

        Leaf Child(
            int node,
            int start,
            int count,
            GradientSums sums,
            ValueBounds bounds,
            LeafOrder? order,
            LeafHistogram? histogram
        )
        {
            var isInherited = !rules.Allow(sums);
            return new()
            {
                Node = node,
                Start = start,
                Count = count,
                Depth = parent.Depth + 1,
                Sums = sums,
                Value =
                    isInherited ? parent.Value
                    : order is null ? rules.Value(sums, bounds, rules.L2)
                    : order.Value,
                IsInherited = isInherited,
                Bounds = bounds,
                Order = order,
                Groups = groups,
                Histogram = histogram,
            };
        }
    }

    /// <summary>Lets each leaf's value follow its rows as far as its neighbours leave room, until none moves.</summary>
    /// <remarks>Neighbours that have been cut since may leave more room than there was. Each move keeps the order and gains.</remarks>
    void SettleOrder()
    {
        var moved = true;
        for (var pass = 0; moved && pass < MaximumPasses; pass++)
        {
            moved = false;
            foreach (var leaf in leaves)
                moved |= leaf.Order!.IsBound && Move(leaf, rules.Value(leaf.Sums, BoundsOf(leaf), rules.L2));
        }
    }

    static bool Move(Leaf leaf, double value)
    {
        var moves = value != leaf.Value;
        leaf.Value = value;
        if (leaf.Order is { } order)
            order.Value = value;
        return moves;
    }

    static ValueBounds BoundsOf(Leaf leaf) =>
        leaf.Order is { } order ? order.Bounds with { Prior = leaf.Bounds.Prior } : leaf.Bounds;

    /// <summary>Gives the leaves that are large enough the values that their rows ask for.</summary>
    void Refine(GrownTree tree, LeafValues values)
    {
        var own = leaves.FindAll(leaf => !leaf.IsInherited);
        var rows = own.ConvertAll(leaf => partition.Rows(leaf.Start, leaf.Count));
        // Ordered leaves move one after the other: each leaves the next its room.
        WorkItems.For(
            own.Count,
            keepsOrder ? 1 : builder.ThreadsFor(table.RowCount),
            index =>
            {
                Move(own[index], values.ValueOf(rows[index].Span, own[index].Value, BoundsOf(own[index])));
                tree.Nodes[own[index].Node].Value = options.LearningRate * own[index].Value;
            }
        );
    }

    /// <summary>Gives leaves the linear models that their rows bear.</summary>
    void FitModels(GrownTree tree, LeafModels models)
    {
        var rows = leaves.ConvertAll(leaf => partition.Rows(leaf.Start, leaf.Count));
        var paths = PathsOf(tree);
        WorkItems.For(
            leaves.Count,
            builder.ThreadsFor(table.RowCount),
            index =>
            {
                if (!leaves[index].IsInherited)
                    tree.Nodes[leaves[index].Node].Model = models.Of(paths[leaves[index].Node], rows[index].Span);
            }
        );
    }

    /// <summary>Features on the way to each node, from the root on, each once.</summary>
    static int[][] PathsOf(GrownTree tree)
    {
        var paths = new int[tree.Nodes.Count][];
        paths[0] = [];
        for (var node = 0; node < paths.Length; node++)
        {
            if (tree.Nodes[node].Split is { } split)
                paths[tree.Nodes[node].Left] = paths[tree.Nodes[node].Left + 1] = [
                    .. paths[node].Append(split.Feature).Distinct(),
                ];
        }
        return paths;
    }

    /// <summary>The parent's histogram, taken from it, less one child's: the other child's.</summary>
    /// <param name="rows">The other child's rows.</param>
    static LeafHistogram Rest(Leaf parent, LeafHistogram part, int rows)
    {
        var whole = parent.Histogram!;
        parent.Histogram = null;
        whole.TakeAway(part, rows);
        return whole;
    }

    /// <summary>Behind a cut on a monotone feature all values on one side stay on that side of the middle, where no order is kept.</summary>
    (ValueBounds Left, ValueBounds Right) ChildBounds(Leaf parent, Split split)
    {
        var (direction, bounds) = (keepsOrder ? 0 : directions[split.Feature], parent.Bounds with { Prior = parent.Value });
        if (direction == 0)
            return (bounds, bounds);
        var middle = (rules.Value(split.Left, bounds, rules.L2) + rules.Value(split.Right, bounds, rules.L2)) / 2;
        var (below, above) = (bounds with { Upper = middle }, bounds with { Lower = middle });
        return direction > 0 ? (below, above) : (above, below);
    }

    void FindSplit(Leaf leaf, int[] features)
    {
        leaf.Best = null;
        var canSplit = CanSplit(leaf.Sums, leaf.Depth);
        if (leaf.Histogram is not null && canSplit)
            leaf.Best = finder.Find(
                leaf.Histogram,
                builder.Gradients.Unit,
                leaf.ToCut,
                choice.For(features, leaf.Groups, round, leaf.Node, leaf.Depth)
            );
        // What its neighbours forbid now they may allow once they are cut.
        if (leaf.Best is null && !(canSplit && leaf.Order is not null))
            Release(leaf);
    }

    bool CanSplit(GradientSums sums, int depth) =>
        leaves.Count < options.MaximumLeaves
        && depth < options.MaximumDepth
        && sums.Rows >= 2L * options.MinimumLeafRows
        && sums.Hessian >= 2 * options.MinimumLeafHessian;

    LeafHistogram Rent() => spare.TryPop(out var histogram) ? histogram : builder.NewHistogram();

    void Release(Leaf leaf)
    {
        if (leaf.Histogram is null)
            return;
        spare.Push(leaf.Histogram);
        leaf.Histogram = null;
    }
}

using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Ordered boosting: for each order of rows a ladder of models, each of twice the rows of the one before.</summary>
/// <remarks>
/// All models share the trees' cuts and have leaf values of their own, from their own rows. A row's slope is taken at the score of
/// the largest model whose rows all come before it; rows of the smallest model at its own. Source: Prokhorenkova et al. (2018),
/// NeurIPS 31, 6638–6648, section 4.
/// </remarks>
sealed class OrderedModels
{
    /// <summary>The smallest model has about this many rows, where there are more.</summary>
    const int SmallestRows = 64;

    readonly BoostingOptions options;
    readonly PreparedSet prepared;
    readonly SplitRules rules;
    readonly int threads;
    readonly int[][] orders;

    /// <summary>Shape (models + 1): model m learns from the first borders[m] rows and scores the first borders[m + 1].</summary>
    readonly int[] borders;

    /// <summary>Shape (orders)(models)(scored rows): scores by place in the order.</summary>
    readonly double[][][] scores;

    /// <summary>Holds each row's score by the model that it may see.</summary>
    readonly BoostedPart seen;

    internal OrderedModels(BoostingOptions options, PreparedSet prepared, BoostingLoss loss, int threads)
    {
        (this.options, this.prepared, this.threads, rules) = (options, prepared, threads, new(options));
        seen = prepared.Served(loss, threads);
        orders = RowOrders.Of(options, seen.Eta.Length, threads);
        borders = BordersOf(seen.Eta.Length);
        scores =
        [
            .. orders.Select(order =>
                Enumerable
                    .Range(0, borders.Length - 1)
                    .Select(model => order[..borders[model + 1]].Select(row => seen.Eta[row]).ToArray())
                    .ToArray()
            ),
        ];
    }

    internal void UseLoss(BoostingLoss loss) => seen.UseLoss(loss);

    /// <summary>Fills the gradients at the scores that the rows may see in one order.</summary>
    internal void Derive(int index, Gradients gradients, ulong seed)
    {
        var (order, ladder) = (orders[index], scores[index]);
        for (var model = 0; model < ladder.Length; model++)
        {
            for (var place = model == 0 ? 0 : borders[model]; place < borders[model + 1]; place++)
                seen.Eta[order[place]] = ladder[model][place];
        }
        seen.Derive(gradients, seed);
    }

    /// <summary>Adds a tree, with leaf values of each model's own, to all scores.</summary>
    internal void Add(GrownTree tree)
    {
        var (models, leaves) = (borders.Length - 1, new int[orders.Length][]);
        WorkItems.For(orders.Length, threads, index => leaves[index] = LeavesOf(tree, index));
        // The largest models first: they take longest.
        WorkItems.For(
            orders.Length * models,
            threads,
            item => Add(tree, item % orders.Length, models - 1 - item / orders.Length, leaves[item % orders.Length])
        );
    }

    int[] LeavesOf(GrownTree tree, int order)
    {
        var walk = new BinnedTree(tree, prepared.GrownOn(order));
        return Array.ConvertAll(orders[order], walk.NodeAt);
    }

    void Add(GrownTree tree, int index, int model, int[] leaves)
    {
        var (order, eta, learned, vectors) = (orders[index], scores[index][model], borders[model], seen.Vectors);
        var (y, w) = (new double[learned], new double[learned]);
        for (var place = 0; place < learned; place++)
            (y[place], w[place]) = (vectors.Target[order[place]], vectors.Weight[order[place]]);
        var (gradient, hessian) = (new double[learned], new double[learned]);
        seen.Loss.Derive(y, w, eta.AsSpan(0, learned), gradient, hessian);
        var sums = new (double Gradient, double Hessian, int Rows)[tree.Nodes.Count];
        for (var place = 0; place < learned; place++)
        {
            ref var sum = ref sums[leaves[place]];
            sum = (sum.Gradient + gradient[place], sum.Hessian + hessian[place], sum.Rows + 1);
        }
        var values = Array.ConvertAll(
            sums,
            sum =>
                options.LearningRate
                * rules.Value(GradientSums.Of(sum.Gradient, sum.Hessian, sum.Rows), ValueBounds.None, rules.L2)
        );
        for (var place = 0; place < eta.Length; place++)
            eta[place] += values[leaves[place]];
    }

    static int[] BordersOf(int count)
    {
        var borders = new List<int> { count };
        while (borders[^1] > 2 * SmallestRows)
            borders.Add((borders[^1] + 1) / 2);
        if (borders.Count == 1)
            borders.Add((count + 1) / 2);
        borders.Reverse();
        return [.. borders];
    }
}

using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>New leaf values for fitted trees from new rows; cuts, statistics of categories and their explanation stay as they are.</summary>
/// <remarks>
/// Tree by tree, at the scores of the refitted trees before it, a leaf of the new rows takes its own step as in a fit: v = rate·step. It then
/// becomes d·old + (1 − d)·v with decay d, as LightGBM's <c>refit</c>; so do the constant at the start and the shift that restores the
/// balance. A leaf that no new row falls into keeps its value. At decay 1 nothing changes, to the bit.
/// </remarks>
/// <param name="options">Those of the fit: loss, penalties, learning rate, steps per leaf. How rows and columns were drawn does not matter.</param>
/// <param name="decay">Share of the old values. Range [0, 1].</param>
public sealed class LeafRefit(BoostingOptions options, double decay = LeafRefit.DefaultDecay)
{
    /// <summary>Share of the old values where none is given: 0.9.</summary>
    public const double DefaultDecay = 0.9;

    /// <summary>Threads to use; 0 for all processors. Changes no bit of the result. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Refits.</summary>
    /// <param name="set">New rows with target, weight, exposure and offset; its features are not read.</param>
    /// <param name="inputs">The same rows as the trees read them, a slot for each input.</param>
    /// <exception cref="HalleyException">HLY2265: trees or options can't be refitted; HLY2200 to HLY2203: options or data can't be used; or HLY2001, HLY2002.</exception>
    public TreeEnsemble Fit(
        TreeEnsemble trees,
        TrainingSet set,
        SlotBlock inputs,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        // 1. What can be refitted, on what.
        TrainingChecks.CheckOptions(options);
        Check(trees);
        var (loss, threads) = (BoostingLoss.Of(options), WorkItems.ThreadCount(Threads));
        var vectors = RowVectors.Of(set, set.Learn);
        TrainingChecks.Run(loss, set, "new", vectors);
        // 2. The constant.
        var balance = new Balance(loss.Link, vectors, threads);
        var own = loss.Start(vectors, balance);
        if (!double.IsFinite(own))
            BoostingErrors.ThrowNoStart(set.Target, loss.Name);
        var start = Mixed(trees.BaseScore, own);
        // 3. Trees in order, each at the scores of those before it.
        var part = new BoostedPart(BinnedTable.Of(set.Learn, [], threads, cancellation), vectors, start, loss, threads);
        var values = new LeafValues(options, part, taken: 0);
        var rows = new RowsInLeaves(trees, inputs, threads, cancellation);
        TreeNode[] nodes = [.. trees.Nodes.All];
        for (var tree = 0; tree < trees.TreeCount; tree++)
        {
            rows.Sort(tree);
            WorkItems.For(rows.LeafCount, threads, leaf => Refit(rows, leaf, nodes, values), cancellation);
            rows.AddValues(nodes, part.Eta);
            progress?.Report(new("leaves", (tree + 1.0) / trees.TreeCount));
        }
        // 4. The portfolio's balance.
        var shift = options.RestoreBalance && loss.PredictsMean ? balance.Shift(part.Eta) : 0;
        return trees.WithValues(start + (1 - decay) * shift, nodes);
    }

    void Refit(RowsInLeaves rows, int leaf, TreeNode[] nodes, LeafValues values)
    {
        var some = rows.RowsOf(leaf);
        if (some.IsEmpty)
            return;
        var node = rows.NodeOf(leaf);
        var step = options.LearningRate * values.ValueOf(some, 0, ValueBounds.None);
        nodes[node] = nodes[node] with { Value = Mixed(nodes[node].Value, step) };
    }

    double Mixed(double old, double own) => decay * old + (1 - decay) * own;

    void Check(TreeEnsemble trees)
    {
        if (!(decay is >= 0 and <= 1))
            BoostingErrors.ThrowNoRefit(
                FormattableString.Invariant($"the decay {decay} is not from 0 (new values alone) to 1 (the old ones).")
            );
        if (options.Mode != BoostingMode.Gradient)
            BoostingErrors.ThrowNoRefit($"trees of mode {options.Mode} do not build on one another with values of their own.");
        if (options.AveragedSeeds > 1)
            BoostingErrors.ThrowNoRefit("the trees of several seeds are averaged, and do not build on one another.");
        if (options.LinearLeaves || trees.Nodes.Linear is not null)
            BoostingErrors.ThrowNoRefit("they hold linear models.");
        if (options.PathSmoothing > 0)
            BoostingErrors.ThrowNoRefit("path smoothing draws them to leaves that are no more.");
        if (options.Monotone.Count > 0)
            BoostingErrors.ThrowNoRefit("features are monotone, which new values need not keep.");
        if (options is { Objective: BoostingObjective.ZeroInflatedPoisson, ZeroShare: null })
            BoostingErrors.ThrowNoRefit("the share of certain zeros was estimated with them.");
        if (!trees.Rule.IsPlain)
            BoostingErrors.ThrowNoRefit("the ensemble is more than a sum of trees.");
    }
}

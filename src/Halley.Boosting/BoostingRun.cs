using System.Globalization;
using System.Numerics;

namespace Halley.Boosting;

/// <summary>The mutable state of one fit.</summary>
sealed partial class BoostingRun
{
    readonly BoostingOptions options;
    readonly BoostedPart learn;
    readonly BoostedPart? validation;
    readonly PreparedSet prepared;
    readonly TreeGrower?[] growers;
    readonly RowLists lists;

    /// <summary>Null where trees are grown on the slopes of the scores themselves.</summary>
    readonly OrderedModels? ordered;
    readonly int threads;
    readonly CancellationToken cancellation;
    readonly Gradients gradients;
    readonly RowSampler rowSampler;
    readonly ColumnSampler columnSampler;
    readonly Drops? drops;
    readonly Forest? forest;
    readonly List<RoundDeviance> curve = [];

    /// <param name="validationLoss">The loss of the validation rows where it is bound to rows; null for the learn rows' one.</param>
    internal BoostingRun(
        BoostingOptions options,
        PreparedSet prepared,
        BoostingLoss loss,
        int threads,
        CancellationToken cancellation,
        BoostingLoss? validationLoss = null
    )
    {
        // A forest's trees are averaged whole.
        this.options = options.Mode == BoostingMode.Forest ? options with { LearningRate = 1 } : options;
        (this.prepared, this.threads, this.cancellation) = (prepared, threads, cancellation);
        (learn, validation) = prepared.Parts(loss, threads, validationLoss);
        growers = new TreeGrower?[Math.Max(prepared.Orders.Length, 1)];
        lists = new(learn.Table.RowCount);
        ordered = options.OrderedBoosting ? new(options, prepared, loss, threads) : null;
        gradients = Gradients.Of(learn.Table.RowCount, options.QuantisedGradients);
        rowSampler = new(options, learn, threads);
        columnSampler = new(options, learn.Table.Features);
        drops = options.Mode == BoostingMode.Dart ? new(options) : null;
        forest = options.Mode == BoostingMode.Forest ? new(learn, validation) : null;
        if (RowSampler.Weighs(options) || options.LinearLeaves || forest is not null)
            learn.KeepDerivatives();
    }

    /// <summary>In which order of rows the next tree is grown.</summary>
    int Order => SamplingStreams.Order(options.Seed, Rounds, ordered is null ? growers.Length : options.Statistics.Orders);

    TreeGrower GrowerIn(int order) =>
        growers[order % growers.Length] ??= new(
            options,
            prepared.GrownOn(order),
            gradients,
            TrainingChecks.Directions(options, prepared.Columns),
            threads,
            cancellation,
            lists
        )
        {
            Values = LeafValues.Of(options, learn),
            Models = options.LinearLeaves ? new(options, learn) : null,
        };

    GrownTree Grown(ReadOnlyMemory<int> sample, int[] features)
    {
        var tree = GrowerIn(Order).Grow(sample, features, Rounds);
        tree.Order = Order;
        return tree;
    }

    internal List<GrownTree> Trees { get; } = [];

    /// <summary>Deviances from round 0 on.</summary>
    internal IReadOnlyList<RoundDeviance> Curve => curve;

    /// <summary>The round of smallest validation deviance so far, ties to the earliest; without validation rows the latest.</summary>
    internal int BestRound { get; private set; }

    internal int Rounds => Trees.Count;

    /// <summary>The latest deviances, in words.</summary>
    internal string Latest =>
        string.Create(CultureInfo.InvariantCulture, $"learn {curve[^1].Learn:F6}")
        + (validation is null ? "" : string.Create(CultureInfo.InvariantCulture, $", validation {curve[^1].Validation:F6}"));

    /// <summary>Scores of the learn rows so far.</summary>
    internal double[] LearnEta => learn.Eta;

    /// <summary>The learn rows' scores as they are served: by statistics that all rows have entered.</summary>
    internal double[] ServedEta() => prepared.Orders.Length == 0 ? LearnEta : ServedScores.Of(prepared, Trees, threads);

    internal bool Validated => validation is not null;

    internal bool OutOfPatience => Validated && Rounds - BestRound >= options.Patience;

    /// <summary>The loss, its parameter as last estimated.</summary>
    internal BoostingLoss Loss => learn.Loss;

    ulong RoundingSeed => SamplingStreams.RoundingSeed(options.Seed, Rounds);

    /// <summary>Takes the gradients at the scores so far, and with them the deviances.</summary>
    internal void Derive()
    {
        unitsFrom = learn.Largest;
        if (forest is not null && Rounds > 0)
        {
            // Every tree of a forest starts from the same scores.
            curve.Add(new(Rounds, forest.LearnDeviance(Rounds), forest.ValidationDeviance(Rounds)));
        }
        else
        {
            // Early trees tell most of how much rows differ beyond their means.
            if (Rounds == 0 || BitOperations.IsPow2(Rounds))
                EstimateShape();
            var deviance = ordered is null ? learn.Derive(gradients, RoundingSeed) : learn.MeanDeviance();
            ordered?.Derive(Order, gradients, RoundingSeed);
            curve.Add(new(Rounds, deviance, validation?.MeanDeviance()));
        }
        if (validation is null || curve[^1].Validation < curve[BestRound].Validation)
        {
            BestRound = Rounds;
            drops?.Remember();
        }
    }

    /// <summary>Grows the next tree on the latest gradients and adds it to all scores.</summary>
    /// <returns>False where no cut is allowed any more, on all rows and features.</returns>
    internal bool Grow()
    {
        var dropped = drops?.Draw(Rounds) ?? [];
        foreach (var round in dropped)
            learn.AddTree(Trees[round], default, -drops!.FactorOf(round));
        if (dropped.Length > 0)
            learn.Derive(gradients, RoundingSeed);
        if (GrowTree() is not { } tree)
        {
            foreach (var round in dropped)
                learn.AddTree(Trees[round], default, drops!.FactorOf(round));
            return false;
        }
        Trees.Add(tree);
        if (forest is not null)
            forest.Add(tree);
        else if (dropped.Length > 0)
            Rejoin(tree, dropped);
        else
            Add(tree);
        return true;
    }

    GrownTree? GrowTree()
    {
        rowSampler.Draw(Rounds);
        if (rowSampler.Factors is not null || forest is not null)
            learn.Weigh(gradients, RoundingSeed, rowSampler.Factors);
        var tree = Grown(rowSampler.Sampled, columnSampler.Draw(Rounds));
        if (tree.Nodes.Count > 1)
            return tree;
        // The draw may be to blame; without it, the answer stands for all rounds to come.
        rowSampler.TakeAll();
        if (learn.Factors is not null)
            learn.Weigh(gradients, RoundingSeed, null);
        tree = Grown(default, columnSampler.All);
        return tree.Nodes.Count > 1 ? tree : null;
    }

    void Add(GrownTree tree)
    {
        drops?.Add(1);
        if (options.LinearLeaves)
        {
            learn.AddTree(tree, default, 1);
        }
        else
        {
            GrowerIn(tree.Order).AddValues(tree, learn.Eta);
            if (!rowSampler.LeftOut.IsEmpty)
                learn.AddTree(tree, rowSampler.LeftOut, 1);
        }
        ordered?.Add(tree);
        validation?.AddTree(tree, default, 1);
    }

    /// <summary>Adds a tree that was grown without some others, and those again: all share the weight that the others had.</summary>
    /// <remarks>Rashmi and Gilad-Bachrach (2015), AISTATS 38, 489–497, algorithm 1: the new tree gets 1/(k + 1), the k dropped ones k/(k + 1).</remarks>
    void Rejoin(GrownTree tree, int[] dropped)
    {
        foreach (var round in dropped)
        {
            var before = drops!.FactorOf(round);
            drops.Scale(round, dropped.Length / (dropped.Length + 1.0));
            learn.AddTree(Trees[round], default, drops.FactorOf(round));
            validation?.AddTree(Trees[round], default, drops.FactorOf(round) - before);
        }
        drops!.Add(1.0 / (dropped.Length + 1));
        learn.AddTree(tree, default, drops.FactorOf(Rounds - 1));
        validation?.AddTree(tree, default, drops.FactorOf(Rounds - 1));
    }

    /// <summary>Estimates the loss's parameter at the scores so far, where it has one that is not given.</summary>
    internal void EstimateShape()
    {
        var loss = Loss.Reestimated(learn.Vectors, learn.Eta, threads);
        if (ReferenceEquals(loss, Loss))
            return;
        learn.UseLoss(loss);
        validation?.UseLoss(loss);
        ordered?.UseLoss(loss);
    }

    /// <summary>Takes back the trees behind the best round.</summary>
    internal void KeepBest()
    {
        if (forest is not null)
        {
            forest.Keep(Trees, BestRound);
        }
        else if (drops is not null)
        {
            for (var round = 0; round < Rounds; round++)
                learn.AddTree(Trees[round], default, drops.RememberedOf(round) - drops.FactorOf(round));
            for (var round = 0; round < BestRound; round++)
                Trees[round].Scale(drops.RememberedOf(round));
        }
        else
        {
            for (var round = Rounds - 1; round >= BestRound; round--)
                learn.AddTree(Trees[round], default, -1);
        }
        Trees.RemoveRange(BestRound, Rounds - BestRound);
        EstimateShape();
    }
}

using System.Globalization;
using System.Numerics;

namespace Halley.Boosting;

/// <summary>The mutable state of one fit.</summary>
sealed class BoostingRun(
    BoostingOptions options,
    BoostedPart learn,
    BoostedPart? validation,
    int[] directions,
    int threads,
    CancellationToken cancellation
)
{
    readonly Gradients gradients = Gradients.Of(learn.Table.RowCount, options.QuantisedGradients);
    TreeGrower? grower;
    readonly RowSampler rowSampler = new(learn.Table.RowCount, options.RowShare, options.Seed, threads);
    readonly ColumnSampler columnSampler = new(learn.Table.Features.Length, options.ColumnShare, options.Seed);
    readonly List<RoundDeviance> curve = [];

    TreeGrower Grower =>
        grower ??= new(options, learn.Table, gradients, directions, threads, cancellation)
        {
            Values = LeafValues.Of(options, learn),
        };

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

    internal bool Validated => validation is not null;

    internal bool OutOfPatience => Validated && Rounds - BestRound >= options.Patience;

    /// <summary>The loss, its parameter as last estimated.</summary>
    internal BoostingLoss Loss => learn.Loss;

    /// <summary>Takes the gradients at the scores so far, and with them the deviances.</summary>
    internal void Derive()
    {
        // Early trees tell most of how much rows differ beyond their means.
        if (Rounds == 0 || BitOperations.IsPow2(Rounds))
            EstimateShape();
        curve.Add(
            new(Rounds, learn.Derive(gradients, SamplingStreams.RoundingSeed(options.Seed, Rounds)), validation?.MeanDeviance())
        );
        if (validation is null || curve[^1].Validation < curve[BestRound].Validation)
            BestRound = Rounds;
    }

    /// <summary>Grows the next tree on the latest gradients and adds it to all scores.</summary>
    /// <returns>False where no cut is allowed any more, on all rows and features.</returns>
    internal bool Grow()
    {
        rowSampler.Draw(Rounds);
        var tree = Grower.Grow(rowSampler.Sampled, columnSampler.Draw(Rounds), Rounds);
        if (tree.Nodes.Count == 1)
        {
            // The draw may be to blame; without it, the answer stands for all rounds to come.
            rowSampler.TakeAll();
            tree = Grower.Grow(rowSampler.Sampled, columnSampler.All, Rounds);
        }
        if (tree.Nodes.Count == 1)
            return false;
        Grower.AddValues(tree, learn.Eta);
        if (!rowSampler.LeftOut.IsEmpty)
            learn.AddTree(tree, rowSampler.LeftOut, 1);
        validation?.AddTree(tree, default, 1);
        Trees.Add(tree);
        return true;
    }

    /// <summary>Estimates the loss's parameter at the scores so far, where it has one that is not given.</summary>
    internal void EstimateShape()
    {
        var loss = Loss.Reestimated(learn.Vectors, learn.Eta, threads);
        if (ReferenceEquals(loss, Loss))
            return;
        learn.UseLoss(loss);
        validation?.UseLoss(loss);
    }

    /// <summary>Takes back the trees behind the best round.</summary>
    internal void KeepBest()
    {
        for (var round = Trees.Count - 1; round >= BestRound; round--)
            learn.AddTree(Trees[round], default, -1);
        Trees.RemoveRange(BestRound, Trees.Count - BestRound);
        EstimateShape();
    }
}

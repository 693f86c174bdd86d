using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>A loss of several scores a row, each of which has trees of its own.</summary>
abstract class JointLoss
{
    /// <summary>Null for an objective of one score.</summary>
    internal static JointLoss? Of(BoostingOptions options) =>
        options switch
        {
            { Objective: BoostingObjective.Multiclass } => new SoftmaxLoss(options.Classes),
            { FitsSpread: false } => null,
            { Objective: BoostingObjective.Gamma } => new SpreadLoss<GammaMeanShape>(default),
            { Objective: BoostingObjective.NegativeBinomial } => new SpreadLoss<NegativeBinomialMeanSize>(default),
            { Objective: BoostingObjective.Tweedie } => new SpreadLoss<TweedieMeanDispersion>(
                new(options.TweediePower),
                options.EstimateTweediePower
            ),
            { Objective: BoostingObjective.SquaredError } => new SpreadLoss<NormalMeanDeviation>(default),
            _ => throw new InvalidOperationException($"no spread is known for {options.Objective}."),
        };

    internal abstract int OutputCount { get; }

    /// <summary>Whether the offset, and with it the exposure, is a part of a score.</summary>
    internal abstract bool TakesOffset(int output);

    /// <summary>Constants that the scores start at, offset apart.</summary>
    /// <param name="start">Where a fit of the mean alone starts.</param>
    internal abstract double[] Starts(RowVectors learn, double start, int threads);

    /// <summary>The loss of one score.</summary>
    internal abstract BoostingLoss Of(int output, JointRows rows);

    /// <summary>Called before each round, at the scores so far.</summary>
    internal virtual void BeginRound(JointRows rows, int threads) { }

    /// <summary>Mean deviance at some scores, with all its terms.</summary>
    /// <param name="scores">Shape (outputs)(n).</param>
    internal abstract double MeanDeviance(JointRows rows, double[][] scores, int threads);

    /// <summary>What to add to the scores of a finished fit, so that predictions add up to the targets; shape (outputs).</summary>
    internal abstract double[] Shifts(Balance balance, JointRows rows, double[][] scores, int threads);

    /// <summary>Predictions over targets in total, of the output that is furthest from 1.</summary>
    internal abstract double BalanceOf(Balance balance, JointRows rows, double[][] scores, int threads);

    /// <summary>The rule from sums to the score; its starts are filled in later.</summary>
    internal abstract ScoreTransform Transform { get; }

    /// <summary>The family's own parameter of largest likelihood at some scores; null where it is given or there is none.</summary>
    internal virtual double? ShapeAt(RowVectors learn, double[][] scores, int threads) => null;

    /// <summary>The family whose mean is predicted, its own parameter that of all rows together; null where there is none.</summary>
    internal virtual Family? FamilyAt(RowVectors learn, double[][] scores, int threads) => null;
}

using Halley.Boosting;
using Halley.Data.Expressions;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>What a model tells of a row beside its prediction: probabilities of classes, or more of a distribution than its mean.</summary>
abstract class ModelOutputs
{
    /// <summary>Null for a model with a prediction alone.</summary>
    /// <param name="fitted">The family with its own parameter as the fit found it; null where the spec gives it.</param>
    /// <exception cref="HalleyException">HLY3309: the scorer has not the scores that the spec asks for.</exception>
    public static ModelOutputs? Of(ModelSpec spec, Family? fitted, IScorer scorer)
    {
        if (spec.Learner is not BoostingLearner learner || !learner.HasOutputs)
            return null;
        var wanted = learner.IsMulticlass ? learner.Classes?.Count ?? 0 : 2;
        if (scorer is not TreeEnsemble trees || trees.OutputCount != wanted)
            throw new HalleyException(
                "HLY3309",
                $"model '{spec.Name}' is to have {wanted} scores a row, which its scorer has not. Fit it again."
            );
        return learner.IsMulticlass
            ? new ClassOutputs(trees, new(learner.Classes!))
            : new SpreadOutputs(trees, spec, fitted, learner);
    }

    /// <summary>Values that stand in an artefact's check rows beside score and prediction, told by the spec alone.</summary>
    public static int CountOf(ModelSpec spec) =>
        spec.Learner is not BoostingLearner learner || !learner.HasOutputs ? 0
        : learner.IsMulticlass ? learner.Classes?.Count ?? 0
        : SpreadOutputs.NamesOf(spec, learner).Length;

    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>What the slot of the prediction holds.</summary>
    public abstract SlotType PredictionType { get; }

    /// <summary>Scores beside the raw one that outputs are made of.</summary>
    public abstract IReadOnlyList<string> ScoreNames { get; }

    /// <summary>Writes the raw score and the scores.</summary>
    public abstract ISlotInstruction Scoring(int[] inputs, int raw, int[] scores);

    /// <summary>Writes the outputs.</summary>
    /// <param name="prediction">At exposure 1.</param>
    public abstract ISlotInstruction Finishing(int[] scores, int prediction, int[] outputs);

    /// <summary>The prediction as a column.</summary>
    public abstract Column PredictionColumn(double[] values);

    /// <summary>Outputs of one row from its scores and a prediction that knows the exposure.</summary>
    public abstract void Fill(ReadOnlySpan<double> scores, double prediction, Span<double> outputs);
}

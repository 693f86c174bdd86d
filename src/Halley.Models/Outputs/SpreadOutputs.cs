using System.Globalization;
using Halley.Boosting;
using Halley.Data.Expressions;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>The second parameter, the standard deviation and quantiles of a distribution whose mean is the prediction.</summary>
/// <remarks>The exposure multiplies the mean; the second parameter is one of the row, and the others follow from both.</remarks>
sealed class SpreadOutputs(TreeEnsemble trees, ModelSpec spec, Family? fitted, BoostingLearner learner) : ModelOutputs
{
    readonly double[] levels = [.. learner.QuantilesInUse];

    public ITwoParameterFamily Family { get; } = SpreadFamilies.Of(spec.Family, fitted)!;

    public override IReadOnlyList<string> Names { get; } = NamesOf(spec, learner);

    public override SlotType PredictionType => SlotType.Number;

    public override IReadOnlyList<string> ScoreNames => [Family.SpreadName];

    /// <summary>For example <c>shape</c>, <c>sd</c>, <c>q5</c>, <c>q50</c>, <c>q99_5</c>.</summary>
    public static string[] NamesOf(ModelSpec spec, BoostingLearner learner) =>
        [.. new[] { SpreadFamilies.Of(spec.Family)!.SpreadName, "sd" }.Distinct(), .. learner.QuantilesInUse.Select(NameOf)];

    public static string NameOf(double level) =>
        "q" + Math.Round(100 * level, 10).ToString("R", CultureInfo.InvariantCulture).Replace('.', '_');

    public override ISlotInstruction Scoring(int[] inputs, int raw, int[] scores) =>
        new PairScoring(trees, inputs, raw, scores[0]);

    public override ISlotInstruction Finishing(int[] scores, int prediction, int[] outputs) =>
        new Telling(this, scores[0], prediction, outputs);

    public override Column PredictionColumn(double[] values) => new NumericColumn("prediction", values);

    public override void Fill(ReadOnlySpan<double> scores, double prediction, Span<double> outputs)
    {
        var next = 0;
        outputs[next++] = SpreadScore.ParameterOf(scores[0]);
        if (Family.SpreadName != "sd")
            outputs[next++] = Family.Deviation(prediction, scores[0]);
        foreach (var level in levels)
            outputs[next++] = Family.Quantile(level, prediction, scores[0]);
    }

    sealed class PairScoring(TreeEnsemble trees, int[] inputs, int raw, int spread) : JointScoring(trees, inputs)
    {
        protected override void Take(SlotBlock block, ReadOnlySpan<double> sums)
        {
            var location = block[raw];
            var second = block[spread];
            for (var row = 0; row < location.Length; row++)
                (location[row], second[row]) = (sums[2 * row], sums[2 * row + 1]);
        }
    }

    sealed class Telling(SpreadOutputs of, int spread, int prediction, int[] outputs) : ISlotInstruction
    {
        public void Run(SlotBlock block)
        {
            Span<double> values = stackalloc double[outputs.Length];
            for (var row = 0; row < block.RowCount; row++)
            {
                of.Fill([block[spread][row]], block[prediction][row], values);
                for (var output = 0; output < outputs.Length; output++)
                    block[outputs[output]][row] = values[output];
            }
        }
    }
}

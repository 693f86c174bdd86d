using Halley.Boosting;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>A probability for each class; the prediction is the most likely one.</summary>
sealed class ClassOutputs(TreeEnsemble trees, LevelList classes) : ModelOutputs
{
    /// <summary>What the name of a class's probability begins with.</summary>
    public const string Prefix = "p_";

    public LevelList Classes => classes;

    public override IReadOnlyList<string> Names { get; } = [.. classes.Levels.Select(name => Prefix + name)];

    public override SlotType PredictionType { get; } = SlotType.Category(classes);

    public override IReadOnlyList<string> ScoreNames => classes.Levels;

    public override ISlotInstruction Scoring(int[] inputs, int raw, int[] scores) => new ClassScoring(trees, inputs, raw, scores);

    public override ISlotInstruction Finishing(int[] scores, int prediction, int[] outputs) => new Sharing(scores, outputs);

    public override Column PredictionColumn(double[] values) =>
        new CategoricalColumn("prediction", Array.ConvertAll(values, value => (int)value), classes);

    public override void Fill(ReadOnlySpan<double> scores, double prediction, Span<double> outputs)
    {
        scores.CopyTo(outputs);
        ClassShares.Fill(outputs);
    }

    sealed class ClassScoring(TreeEnsemble trees, int[] inputs, int raw, int[] scores) : JointScoring(trees, inputs)
    {
        protected override void Take(SlotBlock block, ReadOnlySpan<double> sums)
        {
            var best = block[raw];
            best.Clear();
            for (var output = 0; output < scores.Length; output++)
            {
                var own = block[scores[output]];
                for (var row = 0; row < own.Length; row++)
                {
                    var at = row * scores.Length;
                    own[row] = sums[at + output];
                    best[row] = sums[at + output] > sums[at + (int)best[row]] ? output : best[row];
                }
            }
        }
    }

    sealed class Sharing(int[] scores, int[] outputs) : ISlotInstruction
    {
        public void Run(SlotBlock block)
        {
            Span<double> shares = stackalloc double[outputs.Length];
            for (var row = 0; row < block.RowCount; row++)
            {
                for (var output = 0; output < outputs.Length; output++)
                    shares[output] = block[scores[output]][row];
                ClassShares.Fill(shares);
                for (var output = 0; output < outputs.Length; output++)
                    block[outputs[output]][row] = shares[output];
            }
        }
    }
}

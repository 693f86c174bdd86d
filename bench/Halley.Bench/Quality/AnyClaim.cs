using Halley.Data;
using Halley.Kernels;
using Halley.Models;

namespace Halley.Bench;

/// <summary>Whether a policy has any claim, with towns and vehicle models of thousands of levels: log loss over the five given folds.</summary>
/// <param name="spec">The frozen setting; chosen on parts held out inside the training folds.</param>
/// <param name="table">All rows, with their fold and whether they are held out of training to stop it.</param>
sealed class AnyClaim(ModelSpec spec, Table table)
{
    public const string Relative = "data/freqsev/pg17_folds.csv.gz";

    const int Folds = 5;

    static readonly LevelList Parts = new(["learn", "validation", "test"]);

    internal Figure Measure()
    {
        var (fold, held) = (table.Numeric("fold").Values.ToArray(), table.Numeric("held").Values.ToArray());
        var losses = new double[Folds];
        for (var number = 0; number < Folds; number++)
        {
            int[] parts =
            [
                .. fold.Select(
                    (value, row) =>
                        value == number ? 2
                        : held[row] == 1 ? 1
                        : 0
                ),
            ];
            var rows = table.With(new CategoricalColumn("part", parts, Parts));
            var test = rows.Where(row => fold[row] == number);
            var shares = ModelFitter.Fit(spec, rows).Predict(test, PredictMode.ExposureApplied).Values;
            losses[number] = LogLoss(test.Numeric(spec.Target).Values, shares);
        }
        var mean = losses.Average();
        var spread = Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (Folds - 1));
        return new(
            "quality.pg17.log_loss",
            mean,
            "mean log loss, smaller is better",
            "CatBoost 1.2.10, single-factor statistics",
            0.36696,
            0.36696 / mean,
            FormattableString.Invariant(
                $"samples/quality/models/any-claim-trees.yaml, all columns, mean of five folds, sd between folds {spread:F5}"
            )
        );
    }

    static double LogLoss(ReadOnlySpan<double> target, ReadOnlySpan<double> share)
    {
        var sum = 0.0;
        for (var row = 0; row < target.Length; row++)
            sum -= VectorMath.Log(target[row] > 0 ? share[row] : 1 - share[row]);
        return sum / target.Length;
    }
}

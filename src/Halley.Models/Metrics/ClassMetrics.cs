using Halley.Kernels;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>How well probabilities of classes do on some rows.</summary>
/// <param name="Codes">Each row's class, shape (n).</param>
/// <param name="Shares">Shape (classes)(n).</param>
sealed record ClassMetrics(string[] Classes, double[] Codes, double[][] Shares, double[] Weight)
{
    double Total => Reduce.Sum(Weight);

    public static ClassMetrics Of(FittedModel model, HeldOut held, int threads, CancellationToken cancellation)
    {
        var vectors = TrainingVectors.Of(held.Data.TrainingSet(held.Prepared, validation: null), held.Prepared);
        var outputs = model.OutputsOf(held.Source, held.SourceRows, threads, cancellation);
        return new([.. ClassTargets.LearnerOf(model.Spec)!.Classes!], vectors.Target, outputs, vectors.Weight);
    }

    /// <summary>deviance (twice the log loss), devianceExplained (against each class's share), logLoss, brier, accuracy, and auc: the mean of each class's against the rest, by its weight.</summary>
    public IReadOnlyList<Metric> Values()
    {
        var (loss, plain, brier, right) = (0.0, 0.0, 0.0, 0.0);
        var weights = WeightOf();
        for (var row = 0; row < Codes.Length; row++)
        {
            var own = (int)Codes[row];
            loss -= Weight[row] * VectorMath.Log(Shares[own][row]);
            plain -= Weight[row] * VectorMath.Log(weights[own] / Total);
            var (best, squares) = (0, 0.0);
            for (var output = 0; output < Shares.Length; output++)
            {
                var gap = Shares[output][row] - (output == own ? 1 : 0);
                squares += gap * gap;
                best = Shares[output][row] > Shares[best][row] ? output : best;
            }
            brier += Weight[row] * squares;
            right += best == own ? Weight[row] : 0;
        }
        var results = Results();
        var ranked = results.Where(result => result.Auc is not null).ToList();
        Metric[] values =
        [
            new("deviance", 2 * loss / Total),
            new("devianceExplained", 1 - loss / plain),
            new("logLoss", loss / Total),
            new("brier", brier / Total),
            new("accuracy", right / Total),
            new("auc", ranked.Sum(result => result.Auc!.Value * result.Actual) / ranked.Sum(result => result.Actual)),
        ];
        return [.. values.Where(metric => double.IsFinite(metric.Value))];
    }

    /// <summary>A line for each class.</summary>
    public IReadOnlyList<ClassResult> Results()
    {
        var weights = WeightOf();
        return
        [
            .. Classes.Select(
                (name, output) =>
                    new ClassResult(name, weights[output], Reduce.Dot(Weight, Shares[output]), AucOf(output, weights[output]))
            ),
        ];
    }

    public PartMetrics ToMetrics(DataPart part) =>
        new()
        {
            Part = part,
            Rows = Codes.Length,
            Actual = Total,
            Predicted = Shares.Sum(own => Reduce.Dot(Weight, own)),
            Values = Values(),
        };

    double? AucOf(int output, double weight)
    {
        if (!(weight > 0 && weight < Total))
            return null;
        return StatisticsMetrics.Auc(Array.ConvertAll(Codes, code => code == output ? 1.0 : 0), Shares[output], Weight);
    }

    double[] WeightOf()
    {
        var weights = new double[Classes.Length];
        for (var row = 0; row < Codes.Length; row++)
            weights[(int)Codes[row]] += Weight[row];
        return weights;
    }
}

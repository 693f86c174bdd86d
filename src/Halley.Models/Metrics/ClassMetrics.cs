using Halley.Kernels;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>How well probabilities of classes do on some rows.</summary>
/// <param name="Codes">Each row's class, shape (n).</param>
/// <param name="Shares">Shape (classes)(n).</param>
sealed record ClassMetrics(string[] Classes, double[] Codes, double[][] Shares, double[] Weight)
{
    double Total => Reduce.Sum(Weight);

    public int RowCount => Codes.Length;

    public static ClassMetrics Of(FittedModel model, HeldOut held, int threads, CancellationToken cancellation)
    {
        var vectors = TrainingVectors.Of(held.Data.TrainingSet(held.Prepared, validation: null), held.Prepared);
        var outputs = model.OutputsOf(held.Source, held.SourceRows, threads, cancellation);
        return new([.. ClassesOf(model)], vectors.Target, outputs, vectors.Weight);
    }

    public static IReadOnlyList<string> ClassesOf(FittedModel model) => ClassTargets.LearnerOf(model.Spec)!.Classes!;

    /// <summary>deviance (twice the log loss), devianceExplained (against each class's share), logLoss, brier, accuracy, and auc: the mean of each class's against the rest, by its weight.</summary>
    public IReadOnlyList<Metric> Values()
    {
        var (loss, plain, brier, right) = (0.0, 0.0, 0.0, 0.0);
        var weights = WeightOf();
        for (var row = 0; row < Codes.Length; row++)
        {
            loss += Weight[row] * LogLossAt(row);
            plain -= Weight[row] * VectorMath.Log(weights[(int)Codes[row]] / Total);
            brier += Weight[row] * BrierAt(row);
            right += Weight[row] * RightAt(row);
        }
        var ranked = Results().Where(result => result.Auc is not null).ToList();
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
        var (weights, taken) = (WeightOf(), TakenFor());
        return [.. Enumerable.Range(0, Classes.Length).Select(output => ResultOf(output, weights, taken))];
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

    /// <summary>−ln of the probability of the row's class.</summary>
    public double LogLossAt(int row) => -VectorMath.Log(Shares[(int)Codes[row]][row]);

    /// <summary>Σ (p − [is it])² over the classes.</summary>
    public double BrierAt(int row)
    {
        var squares = 0.0;
        for (var output = 0; output < Shares.Length; output++)
        {
            var gap = Shares[output][row] - (output == (int)Codes[row] ? 1 : 0);
            squares += gap * gap;
        }
        return squares;
    }

    /// <summary>1 where the row's class is the most likely one, else 0.</summary>
    public double RightAt(int row) => MostLikely(row) == (int)Codes[row] ? 1 : 0;

    /// <summary>1 in the rows of a class, else 0. Shape (n).</summary>
    public double[] IsClass(int output) => Array.ConvertAll(Codes, code => code == output ? 1.0 : 0);

    ClassResult ResultOf(int output, double[] weights, double[][] taken)
    {
        var (isClass, own, predicted) = (IsClass(output), weights[output], taken.Sum(row => row[output]));
        var loss = StatisticsMetrics.LogLossSum(isClass, Shares[output], Weight) / Total;
        return new(Classes[output], own, Reduce.Dot(Weight, Shares[output]), AucOf(isClass, output, own))
        {
            LogLoss = double.IsFinite(loss) ? loss : null,
            Recall = own > 0 ? taken[output][output] / own : null,
            Precision = predicted > 0 ? taken[output][output] / predicted : null,
            TakenFor = Enumerable
                .Range(0, Classes.Length)
                .Where(other => taken[output][other] > 0)
                .ToDictionary(other => Classes[other], other => taken[output][other]),
        };
    }

    double? AucOf(double[] isClass, int output, double weight) =>
        weight > 0 && weight < Total ? StatisticsMetrics.Auc(isClass, Shares[output], Weight) : null;

    int MostLikely(int row)
    {
        var best = 0;
        for (var output = 1; output < Shares.Length; output++)
            best = Shares[output][row] > Shares[best][row] ? output : best;
        return best;
    }

    /// <summary>Weight of rows by their class and the most likely one. Shape (classes)(classes).</summary>
    double[][] TakenFor()
    {
        var taken = Array.ConvertAll(Classes, _ => new double[Classes.Length]);
        for (var row = 0; row < Codes.Length; row++)
            taken[(int)Codes[row]][MostLikely(row)] += Weight[row];
        return taken;
    }

    double[] WeightOf()
    {
        var weights = new double[Classes.Length];
        for (var row = 0; row < Codes.Length; row++)
            weights[(int)Codes[row]] += Weight[row];
        return weights;
    }
}

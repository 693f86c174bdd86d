using Halley.Kernels;
using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>Models of the same classes side by side on the same rows.</summary>
static class ClassComparison
{
    /// <summary>Compares; the first model's order of classes counts.</summary>
    public static ModelComparison Of(
        IReadOnlyList<FittedModel> models,
        HeldOut held,
        EvaluationOptions options,
        CancellationToken cancellation
    )
    {
        var scored = new List<ClassMetrics>();
        foreach (var model in models)
        {
            options.Progress?.Report(new("scoring", 0.2 + 0.2 * scored.Count / models.Count, model.Name));
            scored.Add(Scored(model, models[0], held, options.Threads, cancellation));
        }
        var compared = new List<ComparedModel>();
        foreach (var (model, metrics) in models.Zip(scored))
        {
            options.Progress?.Report(new("measuring", 0.4 + 0.6 * compared.Count / models.Count, model.Name));
            compared.Add(Measure(model, metrics, compared.Count == 0 ? null : scored[0], options, cancellation));
        }
        return new()
        {
            Part = options.Part,
            Rows = scored[0].RowCount,
            Actual = Reduce.Sum(scored[0].Weight),
            Models = compared,
        };
    }

    /// <summary>Refuses classes beside a number, and classes that only one of the models has.</summary>
    /// <exception cref="HalleyException">HLY3506.</exception>
    public static void RefuseOtherKind(FittedModel first, FittedModel other)
    {
        if (first.PredictsClasses != other.PredictsClasses)
        {
            var (classes, number) = first.PredictsClasses ? (first, other) : (other, first);
            throw new HalleyException(
                "HLY3506",
                $"model '{classes.Name}' predicts classes and '{number.Name}' a number: no figure is common to both. Compare '{classes.Name}' with "
                    + $"another model of objective multiclass, or fit it on one class against the rest: family: binomial, with a derived target such as {classes.Spec.Target} == '{ClassMetrics.ClassesOf(classes)[0]}'."
            );
        }
        if (!first.PredictsClasses)
            return;
        var (known, own) = (ClassMetrics.ClassesOf(first), ClassMetrics.ClassesOf(other));
        if (known.Except(own).Concat(own.Except(known)).ToList() is { Count: > 0 } missing)
            throw new HalleyException(
                "HLY3506",
                $"models '{first.Name}' and '{other.Name}' have other classes; only one of them has {string.Join(", ", missing.Select(name => $"'{name}'"))}. "
                    + "Name the same under classes: in both model files, and fit again."
            );
    }

    static ClassMetrics Scored(FittedModel model, FittedModel first, HeldOut held, int threads, CancellationToken cancellation)
    {
        var own = ClassMetrics.ClassesOf(model).ToList();
        var metrics = ClassMetrics.Of(model, held, threads, cancellation);
        var classes = ClassMetrics.ClassesOf(first);
        return metrics with { Classes = [.. classes], Shares = [.. classes.Select(name => metrics.Shares[own.IndexOf(name)])] };
    }

    static ComparedModel Measure(
        FittedModel model,
        ClassMetrics metrics,
        ClassMetrics? first,
        EvaluationOptions options,
        CancellationToken cancellation
    ) =>
        new()
        {
            Model = model.Name,
            Learner = model.Spec.Learner.Name,
            Predicted = metrics.Shares.Sum(share => Reduce.Dot(metrics.Weight, share)),
            Metrics = metrics.Values(),
            Classes = metrics.Results(),
            AgainstFirst = first is null ? null : Pair(metrics, first, options, cancellation),
        };

    static PairedDifference Pair(ClassMetrics own, ClassMetrics first, EvaluationOptions options, CancellationToken cancellation)
    {
        var loss = Difference(own.LogLossAt, first.LogLossAt, 1);
        return new()
        {
            Deviance = Difference(own.LogLossAt, first.LogLossAt, 2),
            LogLoss = loss,
            Brier = Difference(own.BrierAt, first.BrierAt, 1),
            Accuracy = Difference(own.RightAt, first.RightAt, 1),
            Classes = [.. own.Classes.Select((_, output) => PairOf(output, own, first, options, cancellation))],
            DoubleLift = [],
        };

        // w·f over the mean weight, so that the rows' mean is the weighted mean.
        Figure? Difference(Func<int, double> figure, Func<int, double> firsts, double scale)
        {
            var meanWeight = Reduce.Sum(first.Weight) / first.RowCount;
            double[] Each(Func<int, double> of) =>
                [.. Enumerable.Range(0, first.RowCount).Select(row => scale * first.Weight[row] * of(row) / meanWeight)];
            return Figure.Of(MeanDifference.Paired(Each(figure), Each(firsts), options.Level));
        }
    }

    static ClassDifference PairOf(
        int output,
        ClassMetrics own,
        ClassMetrics first,
        EvaluationOptions options,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        var (weight, isClass) = (first.Weight, first.IsClass(output));
        double[] Weighted(double[] values) => [.. values.Select((value, row) => value * weight[row])];
        var actual = Weighted(isClass);
        // Of a yes or no the normalised Gini is 2·AUC − 1.
        var auc =
            isClass.Distinct().Count() < 2
                ? null
                : Figure.Of(
                    StatisticsMetrics.GiniDifference(actual, own.Shares[output], first.Shares[output], weight, options.Bootstrap)
                );
        var lift = StatisticsMetrics.DoubleLift(
            actual,
            Weighted(first.Shares[output]),
            Weighted(own.Shares[output]),
            weight,
            options.Bands
        );
        return new(
            own.Classes[output],
            auc is null ? null : new(auc.Value / 2, auc.Lower / 2, auc.Upper / 2),
            [.. lift.Select(DoubleLiftResult.Of)]
        );
    }
}

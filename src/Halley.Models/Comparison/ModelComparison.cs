using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>Models of one target side by side on the same rows.</summary>
public sealed record ModelComparison
{
    /// <summary>The part measured on; null for every row.</summary>
    public DataPart? Part { get; init; }

    public required int Rows { get; init; }

    public double? Exposure { get; init; }

    public required double Actual { get; init; }

    /// <summary>In the order given; the others are measured against the first.</summary>
    public required IReadOnlyList<ComparedModel> Models { get; init; }

    /// <summary>Compares models. Rows, target, exposure, weight and family are the first model's.</summary>
    /// <exception cref="HalleyException">HLY3504: fewer than two models; HLY3505: models of different targets; HLY3506: classes beside numbers, or other classes; as <see cref="Evaluation.Of"/>.</exception>
    public static ModelComparison Of(
        IReadOnlyList<FittedModel> models,
        Table table,
        EvaluationOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        options.EnsureValid();
        if (models.Count < 2)
            throw new HalleyException("HLY3504", "a comparison needs two models or more.");
        foreach (var other in models.Skip(1))
        {
            ClassComparison.RefuseOtherKind(models[0], other);
            RefuseOtherTarget(models[0].Spec, other.Spec);
        }
        options.Progress?.Report(new("preparing", 0));
        var held = HeldOut.Of(models[0], table, options);
        if (models[0].PredictsClasses)
            return ClassComparison.Of(models, held, options, cancellation);
        var scored = models
            .Select(
                (model, i) =>
                {
                    options.Progress?.Report(new("scoring", 0.2 + 0.2 * i / models.Count, model.Name));
                    return ScoredRows.Of(model, held, options.Threads, cancellation);
                }
            )
            .ToList();
        return new()
        {
            Part = options.Part,
            Rows = scored[0].RowCount,
            Exposure = scored[0].TotalExposure,
            Actual = scored[0].Actual,
            Models =
            [
                .. models.Select(
                    (model, i) =>
                    {
                        options.Progress?.Report(new("measuring", 0.4 + 0.6 * i / models.Count, model.Name));
                        return Measure(model, models[0].Family, scored[i], i == 0 ? null : scored[0], options);
                    }
                ),
            ],
        };
    }

    /// <summary>Canonical JSON.</summary>
    public string ToJson() => ModelJson.Write(this);

    static ComparedModel Measure(FittedModel model, Family family, ScoredRows rows, ScoredRows? first, EvaluationOptions options)
    {
        var actual = rows.ActualTotals;
        var ranked = MetricValues.CanRank(actual);
        return new()
        {
            Model = model.Name,
            Learner = model.Spec.Learner.Name,
            Predicted = rows.Predicted,
            ActualExpected = Figure.Of(StatisticsMetrics.ActualExpected(actual, rows.ExpectedTotals, options.Level)),
            Gini = ranked ? Figure.Of(StatisticsMetrics.GiniInterval(actual, rows.Rates, rows.Sizes, options.Bootstrap)) : null,
            Metrics = MetricValues.Of(family, rows),
            AgainstFirst = first is null ? null : Pair(family, first, rows, ranked, options),
        };
    }

    static PairedDifference Pair(Family family, ScoredRows first, ScoredRows other, bool ranked, EvaluationOptions options)
    {
        var actual = first.ActualTotals;
        return new()
        {
            Deviance = Figure.Of(MeanDifference.Paired(Deviances(family, other), Deviances(family, first), options.Level)),
            Gini = ranked
                ? Figure.Of(StatisticsMetrics.GiniDifference(actual, other.Rates, first.Rates, first.Sizes, options.Bootstrap))
                : null,
            DoubleLift =
            [
                .. StatisticsMetrics
                    .DoubleLift(actual, first.ExpectedTotals, other.ExpectedTotals, first.Sizes, options.Bands)
                    .Select(DoubleLiftResult.Of),
            ],
        };
    }

    /// <summary>w·d(y, μ) over the mean weight, so that the rows' mean is the mean deviance. Shape (n).</summary>
    static double[] Deviances(Family family, ScoredRows rows)
    {
        var meanWeight = Kernels.Reduce.Sum(rows.Weight) / rows.RowCount;
        return
        [
            .. Enumerable
                .Range(0, rows.RowCount)
                .Select(row => rows.Weight[row] * family.UnitDeviance(rows.Y[row], rows.Mu[row]) / meanWeight),
        ];
    }

    static void RefuseOtherTarget(ModelSpec first, ModelSpec other)
    {
        var problems = new List<string>();
        Check("target", TargetOf(first), TargetOf(other));
        Check("exposure", first.Exposure, other.Exposure);
        Check("use of exposure", first.ExposureUse.ToString(), other.ExposureUse.ToString());
        Check("weight", first.Weight, other.Weight);
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY3505",
                $"models '{first.Name}' and '{other.Name}' do not predict the same thing: {string.Join("; ", problems)}. Compare models of one target."
            );

        void Check(string what, string? a, string? b)
        {
            if (a != b)
                problems.Add($"{what} {a ?? "none"} and {b ?? "none"}");
        }
    }

    /// <summary>The target with its formula where it is derived.</summary>
    static string TargetOf(ModelSpec spec) =>
        spec.Derived.FirstOrDefault(derived => derived.Name == spec.Target) is { } derived
            ? $"'{spec.Target}' ({derived.Expression})"
            : $"'{spec.Target}'";
}

using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>How well a model does on rows that it did not learn from: the figures that a report draws and a gate asks for.</summary>
/// <remarks>Rows count by years at risk where the model has an exposure, else by weight; totals are over the years at risk.</remarks>
public sealed record Evaluation
{
    const int LorenzPoints = 201;

    public required string Model { get; init; }

    /// <summary>The part measured on; null for every row.</summary>
    public DataPart? Part { get; init; }

    public required int Rows { get; init; }

    /// <summary>Years at risk; null where the model has no exposure.</summary>
    public double? Exposure { get; init; }

    /// <summary>Weighted total of the target.</summary>
    public required double Actual { get; init; }

    /// <summary>Weighted total of the predictions.</summary>
    public required double Predicted { get; init; }

    /// <summary>Actual over predicted in total.</summary>
    public Figure? ActualExpected { get; init; }

    /// <summary>deviance, devianceExplained, gini; for yes/no targets also auc, averagePrecision, logLoss, brier; of classes deviance, devianceExplained, logLoss, brier, accuracy, auc.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Normalised Gini with a bootstrap interval; null where there is no order to find.</summary>
    public Figure? Gini { get; init; }

    public required IReadOnlyList<BandResult> Lift { get; init; }

    public required IReadOnlyList<CurvePoint> Lorenz { get; init; }

    public CalibrationResult? Calibration { get; init; }

    public required IReadOnlyList<FactorResult> Factors { get; init; }

    /// <summary>Crunched residuals by rising prediction.</summary>
    public IReadOnlyList<ResidualResult> Residuals { get; init; } = [];

    /// <summary>Each class against the rest, with its calibration and tables by factor; null for models that predict a number.</summary>
    public IReadOnlyList<ClassResult>? Classes { get; init; }

    /// <summary>The figure of that name, or null.</summary>
    public double? this[string name] => Metrics.FirstOrDefault(metric => metric.Name == name)?.Value;

    /// <summary>Measures a model.</summary>
    /// <param name="table">Data with the model's inputs, its target and, unless every row is asked for, its split's columns.</param>
    /// <exception cref="HalleyException">HLY3509: bad options; HLY3507: no rows in the part; as <see cref="ModelFitter.Fit"/> for the data.</exception>
    public static Evaluation Of(
        FittedModel model,
        Table table,
        EvaluationOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        options.EnsureValid();
        // 1. The rows, prepared as they were for the fit, and scored as they are served.
        options.Progress?.Report(new("preparing", 0));
        var held = HeldOut.Of(model, table, options);
        options.Progress?.Report(new("scoring", 0.2));
        if (model.Outputs is ClassOutputs)
            return OfClasses(model, ClassMetrics.Of(model, held, options.Threads, cancellation), held, options);
        var rows = ScoredRows.Of(model, held, options.Threads, cancellation);
        var (actual, expected, size) = (rows.ActualTotals, rows.ExpectedTotals, rows.Sizes);
        // 2. Figures.
        options.Progress?.Report(new("measuring", 0.4));
        var metrics = MetricValues.Of(model.Family, rows);
        var ranked = MetricValues.CanRank(actual);
        var gini = ranked ? Figure.Of(StatisticsMetrics.GiniInterval(actual, rows.Rates, size, options.Bootstrap)) : null;
        // 3. Tables.
        options.Progress?.Report(new("tables by factor", 0.7));
        var residuals = new ResidualTables(model, rows);
        return new()
        {
            Model = model.Name,
            Part = options.Part,
            Rows = rows.RowCount,
            Exposure = rows.TotalExposure,
            Actual = rows.Actual,
            Predicted = rows.Predicted,
            ActualExpected = Figure.Of(StatisticsMetrics.ActualExpected(actual, expected, options.Level)),
            Metrics = [.. metrics, .. SpreadMetrics.Of(model, held, rows, options.Threads, cancellation)],
            Gini = gini,
            Lift = [.. StatisticsMetrics.LiftTable(actual, expected, size, options.Bands, options.Level).Select(BandResult.Of)],
            Lorenz = ranked ? [.. StatisticsMetrics.LorenzCurve(actual, rows.Rates, size, LorenzPoints).Select(PointOf)] : [],
            Calibration = CalibrationResult.Of(model.Family, model.Link, rows, options.Level),
            Factors = FactorTables.Of(model, held, rows, residuals, options),
            Residuals = residuals.ByPrediction(options.ResidualGroups),
        };
    }

    /// <summary>Classes have no order, so no lift and no Lorenz curve of all of them; each has tables of its own.</summary>
    static Evaluation OfClasses(FittedModel model, ClassMetrics metrics, HeldOut held, EvaluationOptions options)
    {
        options.Progress?.Report(new("measuring each class", 0.4));
        var totals = metrics.ToMetrics(options.Part ?? DataPart.Learn);
        return new()
        {
            Model = model.Name,
            Part = options.Part,
            Rows = totals.Rows,
            Actual = totals.Actual,
            Predicted = totals.Predicted,
            Metrics = totals.Values,
            Classes = ClassEvaluation.Of(model, metrics, held, options),
            Lift = [],
            Lorenz = [],
            Factors = [],
        };
    }

    /// <summary>Canonical JSON.</summary>
    public string ToJson() => ModelJson.Write(this);

    static CurvePoint PointOf(LorenzPoint point) => new(point.ExposureShare, point.ActualShare);
}

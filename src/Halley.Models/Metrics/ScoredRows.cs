using Halley.Kernels;

namespace Halley.Models;

/// <summary>Rows with target and prediction on one footing: what every figure of quality is computed from.</summary>
/// <remarks>
/// With exposure as offset the target is a total and <see cref="Mu"/> holds exposure × prediction; as a rate the target is a yearly rate,
/// <see cref="Mu"/> the prediction at exposure 1, and <see cref="Weight"/> holds weight × exposure.
/// </remarks>
/// <param name="Table">The rows, as prepared for the model.</param>
/// <param name="Y">Target, shape (n).</param>
/// <param name="Mu">Prediction, shape (n).</param>
/// <param name="Weight">Shape (n).</param>
/// <param name="Exposure">Years at risk, shape (n); null where the model has no exposure.</param>
sealed record ScoredRows(Table Table, double[] Y, double[] Mu, double[] Weight, double[]? Exposure, ExposureUse Use)
{
    public int RowCount => Y.Length;

    public double? TotalExposure => Exposure is null ? null : Reduce.Sum(Exposure);

    /// <summary>Weighted total of the target.</summary>
    public double Actual => Reduce.Dot(Weight, Y);

    /// <summary>Weighted total of the predictions.</summary>
    public double Predicted => Reduce.Dot(Weight, Mu);

    /// <summary>Weighted target of each row, over its years at risk. Shape (n).</summary>
    public double[] ActualTotals => Product(Weight, Y);

    /// <summary>Weighted prediction of each row, over its years at risk. Shape (n).</summary>
    public double[] ExpectedTotals => Product(Weight, Mu);

    /// <summary>How much each row counts in bands and shares: weighted years at risk, else the weight. Shape (n).</summary>
    public double[] Sizes => Exposure is null || Use == ExposureUse.Rate ? Weight : Product(Weight, Exposure);

    /// <summary>Target for one year at risk. Shape (n).</summary>
    public double[] ActualRates =>
        Exposure is null || Use == ExposureUse.Rate ? Y : [.. Y.Select((total, row) => total / Exposure[row])];

    /// <summary>Prediction for one year at risk, by which rows are ranked. Shape (n).</summary>
    public double[] Rates { get; private init; } = [];

    /// <summary>Scores held-out rows.</summary>
    public static ScoredRows Of(FittedModel model, HeldOut held, int threads, CancellationToken cancellation)
    {
        var vectors = TrainingVectors.Of(held.Data.TrainingSet(held.Prepared, validation: null), held.Prepared);
        var exposure = held.Data.Spec.Exposure is { } name ? held.Prepared.Exposure(name).Years.ToArray() : null;
        var rates = model
            .PredictRows(held.Source, held.SourceRows, PredictMode.AtExposureOne, threads, progress: null, cancellation)
            .Values.ToArray();
        var mu = exposure is null || held.Data.Spec.ExposureUse == ExposureUse.Rate ? rates : Product(rates, exposure);
        return new(held.Prepared, vectors.Target, mu, vectors.Weight, exposure, held.Data.Spec.ExposureUse) { Rates = rates };
    }

    /// <summary>One class against the rest: 1 and 0 as target, its probability as prediction.</summary>
    public static ScoredRows OfClass(Table table, double[] isClass, double[] share, double[] weight) =>
        new(table, isClass, share, weight, null, ExposureUse.Rate) { Rates = share };

    static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (var row = 0; row < a.Length; row++)
            product[row] = a[row] * b[row];
        return product;
    }
}

namespace Halley.Models;

/// <summary>One class of several on some rows: its probability against all other classes.</summary>
/// <param name="Actual">Weight of its rows.</param>
/// <param name="Predicted">Its probabilities, weighted and added up.</param>
/// <param name="Auc">Of its probability, against all others; null where there is no row of it, or none of another.</param>
public sealed record ClassResult(string Name, double Actual, double Predicted, double? Auc)
{
    /// <summary><see cref="Actual"/> over <see cref="Predicted"/>; null where nothing is expected.</summary>
    public Figure? ActualExpected { get; init; }

    /// <summary>Mean log loss of its probability as the answer to "is it this class?".</summary>
    public double? LogLoss { get; init; }

    /// <summary>Share of its rows for which it is the most likely class.</summary>
    public double? Recall { get; init; }

    /// <summary>Share of the rows for which it is the most likely class that are of it.</summary>
    public double? Precision { get; init; }

    /// <summary>Weight of its rows by the class that was the most likely one; classes that never were are left out.</summary>
    public IReadOnlyDictionary<string, double> TakenFor { get; init; } = new Dictionary<string, double>();

    /// <summary>How its probability would have to be moved and stretched on the logit scale to fit.</summary>
    public CalibrationResult? Calibration { get; init; }

    /// <summary>Bands of equal weight by rising probability: where actual follows expected the probability is calibrated.</summary>
    public IReadOnlyList<BandResult> Bands { get; init; } = [];

    /// <summary>Its rows against its probabilities, by factor.</summary>
    public IReadOnlyList<FactorResult> Factors { get; init; } = [];
}

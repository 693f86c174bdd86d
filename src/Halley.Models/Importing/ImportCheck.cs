using Halley.Boosting;

namespace Halley.Models;

/// <summary>Compares an imported model with the library's own predictions of a user's rows, and looks for the cause where they differ.</summary>
public static class ImportCheck
{
    const int RowsShown = 10;
    const int LeavesShown = 12;

    /// <param name="file">The model file's bytes.</param>
    /// <param name="rows">Rows with the model's fields.</param>
    /// <param name="expected">Shape (n): the library's predictions of them.</param>
    /// <param name="mode">What the predictions are.</param>
    /// <param name="tolerance">Largest difference allowed, relative to the expected value and at least that of 1e-6.</param>
    /// <param name="progress">Told how far the check has come; null for nobody.</param>
    public static ImportCheckResult Run(
        ReadOnlySpan<byte> file,
        ImportOptions options,
        Table rows,
        ReadOnlySpan<double> expected,
        PredictMode mode,
        double tolerance,
        IProgress<FitProgress>? progress = null
    )
    {
        var foreign = ForeignModelFile.Read(file);
        var hash = ContentHash.Of(file);
        var model = ModelImporter.Make(foreign, hash, options, rows);
        var predicted = model.Predict(rows, mode, progress: progress.Part(0, 0.5)).Values.ToArray();
        var (largest, at) = Largest(predicted, expected);
        var wanted = expected.ToArray();
        if (largest <= tolerance)
            return new(rows.RowCount, largest, at, [], null);
        progress?.Report(new("looking for the cause", 0.5));
        var cause = ImportCauses.Find(foreign, hash, options, rows, wanted, mode, tolerance, largest);
        return new(rows.RowCount, largest, at, Rows(model, rows, predicted, wanted, tolerance), cause);
    }

    /// <summary>
    /// What rounding alone may bring: XGBoost and ONNX add in 32-bit floats, and an offset that is added after the trees rounds otherwise; CatBoost
    /// holds its baseline as a 32-bit float.
    /// </summary>
    /// <param name="mode">What the predictions are.</param>
    public static double ToleranceFor(FittedModel model, PredictMode mode) =>
        model.Spec.Learner switch
        {
            ImportedLearner { Library: "XGBoost" or "ONNX" } => 1e-5,
            ImportedLearner { Library: "CatBoost", Exposure: "offset" } when mode == PredictMode.ExposureApplied => 1e-5,
            _ => 1e-9,
        };

    /// <summary>The largest relative difference and its row.</summary>
    internal static (double Largest, int Row) Largest(ReadOnlySpan<double> predicted, ReadOnlySpan<double> expected)
    {
        var (largest, at) = (0.0, 0);
        for (var row = 0; row < expected.Length; row++)
        {
            var difference = Difference(predicted[row], expected[row]);
            if (difference > largest)
                (largest, at) = (difference, row);
        }
        return (largest, at);
    }

    static double Difference(double predicted, double expected) =>
        predicted.Equals(expected) ? 0
        : double.IsNaN(predicted) || double.IsNaN(expected) ? double.PositiveInfinity
        : Math.Abs(predicted - expected) / Math.Max(Math.Abs(expected), 1e-6);

    static List<ImportDifference> Rows(FittedModel model, Table rows, double[] predicted, double[] expected, double tolerance)
    {
        var different = new List<ImportDifference>();
        for (var row = 0; row < expected.Length && different.Count < RowsShown; row++)
        {
            if (Difference(predicted[row], expected[row]) > tolerance)
                different.Add(new(row + 1, expected[row], predicted[row], LeavesOf(model, rows, row)));
        }
        return different;
    }

    /// <summary>The leaves of the first trees, as the library names them.</summary>
    static IReadOnlyList<int> LeavesOf(FittedModel model, Table rows, int row)
    {
        if (model.Scorer is not TreeEnsemble trees)
            return [];
        var leaves = ModelLeaves.Of(model, rows.Take([row]));
        return [.. leaves.Take(Math.Min(LeavesShown, trees.TreeCount))];
    }
}

using System.Globalization;

namespace Halley.Models;

public sealed partial class FittedModel
{
    /// <summary>Predicts every row of a table, in blocks of 1,024 through the same plan as one live row: equal bits on any number of threads.</summary>
    /// <param name="threads">0 for all processors.</param>
    /// <param name="progress">Told how far the work has come; null for nobody.</param>
    /// <returns>A column <c>prediction</c> (or <c>score</c> for <see cref="PredictMode.Raw"/>), shape (n), finite.</returns>
    /// <exception cref="HalleyException">
    /// HLY3301: columns are missing; HLY1203: one is of another kind; HLY1207: a rule refuses a value; HLY3302: a row has no finite prediction.
    /// </exception>
    public NumericColumn Predict(
        Table table,
        PredictMode mode,
        int threads = 0,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    ) => PredictRows(table, sourceRows: null, mode, threads, progress, cancellation);

    /// <param name="sourceRows">Row of the data that each row is, for messages, shape (n); null where the table is the data.</param>
    /// <inheritdoc cref="Predict"/>
    internal NumericColumn PredictRows(
        Table table,
        IReadOnlyList<int>? sourceRows,
        PredictMode mode,
        int threads,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        RowCauses.RefuseUnseen(this, table, sourceRows);
        var exposure = mode == PredictMode.ExposureApplied && Spec.Exposure is not null ? ExposureOf(table) : [];
        var result = ColumnsOf(
            table,
            slots => [(mode == PredictMode.Raw ? slots.Raw : slots.Prediction).Index],
            threads,
            progress,
            cancellation
        )[0];
        for (var row = 0; row < exposure.Length; row++)
            result[row] *= exposure[row];
        CheckFinite(result, table, sourceRows);
        return new(mode == PredictMode.Raw ? "score" : "prediction", result);
    }

    double[] ExposureOf(Table table)
    {
        if (!table.Has(Spec.Exposure!))
            throw new HalleyException(
                "HLY3303",
                $"the data have no exposure column '{Spec.Exposure}', which model '{Name}' multiplies by. Add it, or predict at exposure 1."
            );
        return RoleColumns.Years(table[Spec.Exposure!]);
    }

    void CheckFinite(double[] result, Table table, IReadOnlyList<int>? sourceRows)
    {
        var bad = Array.FindIndex(result, value => !double.IsFinite(value));
        if (bad < 0)
            return;
        throw new HalleyException(
            "HLY3302",
            string.Create(
                CultureInfo.InvariantCulture,
                $"model '{Name}', row {(sourceRows?[bad] ?? bad) + 1}: the prediction is {(double.IsNaN(result[bad]) ? "missing" : "infinite")}"
            )
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $" ({result.Count(value => !double.IsFinite(value))} rows in all). "
                )
                + RowCauses.OfNoPrediction(this, table, bad)
        );
    }
}

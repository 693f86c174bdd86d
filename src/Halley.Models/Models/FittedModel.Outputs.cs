using Halley.Data.Expressions;

namespace Halley.Models;

public sealed partial class FittedModel
{
    /// <summary>Names of what the model tells beside its prediction; empty for most models.</summary>
    /// <remarks>Of classes <c>p_NAME</c> for each; of distributions the second parameter, <c>sd</c>, and quantiles such as <c>q95</c>.</remarks>
    public IReadOnlyList<string> OutputNames => Outputs?.Names ?? [];

    /// <summary>Whether the prediction is a class, not a number.</summary>
    public bool PredictsClasses => Outputs is ClassOutputs;

    /// <summary>The classes, in the order of <see cref="OutputNames"/>; empty where the prediction is a number.</summary>
    public IReadOnlyList<string> Classes => Outputs is ClassOutputs classes ? classes.Classes.Levels : [];

    internal ModelOutputs? Outputs { get; }

    /// <summary>As <see cref="Predict"/>, with a column for each further output behind the prediction.</summary>
    /// <remarks>
    /// Of classes the prediction is a category, the most likely class; raw, there is a score for each class. Where exposure is applied,
    /// deviations and quantiles are those of the row's whole time.
    /// </remarks>
    /// <inheritdoc cref="Predict"/>
    public IReadOnlyList<Column> PredictAll(
        Table table,
        PredictMode mode,
        int threads = 0,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var own = PredictRows(table, sourceRows: null, mode, threads, progress, cancellation);
        if (Outputs is null)
            return [own];
        var scores = ScoresOf(table, sourceRows: null, threads, cancellation);
        if (mode == PredictMode.Raw)
        {
            var each = scores.Select((values, i) => new NumericColumn($"score_{Outputs.ScoreNames[i]}", values));
            return Outputs is ClassOutputs ? [.. each] : [own, .. each];
        }
        var values = own.Values.ToArray();
        var outputs = Filled(scores, values);
        return [Outputs.PredictionColumn(values), .. Outputs.Names.Select((name, i) => new NumericColumn(name, outputs[i]))];
    }

    /// <summary>Outputs at exposure 1, shape (outputs)(n).</summary>
    internal double[][] OutputsOf(Table table, IReadOnlyList<int>? sourceRows, int threads, CancellationToken cancellation) =>
        Filled(
            ScoresOf(table, sourceRows, threads, cancellation),
            PredictRows(table, sourceRows, PredictMode.AtExposureOne, threads, null, cancellation).Values.ToArray()
        );

    /// <summary>Scores that outputs are made of, shape (scores)(n).</summary>
    internal double[][] ScoresOf(Table table, IReadOnlyList<int>? sourceRows, int threads, CancellationToken cancellation)
    {
        var columns = ColumnsOf(
            table,
            slots => [.. slots.Scores.Select(slot => slot.Index)],
            threads,
            progress: null,
            cancellation
        );
        foreach (var column in columns)
            CheckFinite(column, table, sourceRows);
        return columns;
    }

    double[][] Filled(double[][] scores, double[] predictions)
    {
        var result = Array.ConvertAll([.. Outputs!.Names], _ => new double[predictions.Length]);
        var (own, row) = (new double[scores.Length], new double[result.Length]);
        for (var at = 0; at < predictions.Length; at++)
        {
            for (var score = 0; score < own.Length; score++)
                own[score] = scores[score][at];
            Outputs.Fill(own, predictions[at], row);
            for (var output = 0; output < row.Length; output++)
                result[output][at] = row[output];
        }
        return result;
    }

    /// <summary>Runs the model over a table and gathers some of its slots. Shape (slots)(n).</summary>
    double[][] ColumnsOf(
        Table table,
        Func<ModelSlots, int[]> chosen,
        int threads,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var done = 0L;
        var columns = ScoreInputs.Fields.Select(field => table.Find(field.Name)).OfType<Column>().ToArray();
        var plan = ModelPlan.Of(this, columns.Select(column => (column.Name, SlotType.Of(column))));
        var inputs = new TableInputs(columns.Zip(plan.InputSlots));
        var slots = chosen(plan.Slots);
        var result = Array.ConvertAll(slots, _ => new double[table.RowCount]);
        inputs.Run(plan.Plan, table.RowCount, Take, threads, cancellation);
        return result;

        void Take(SlotBlock block)
        {
            for (var slot = 0; slot < slots.Length; slot++)
                block[slots[slot]].CopyTo(result[slot].AsSpan(block.FirstRow, block.RowCount));
            progress?.Report(new("predicting", (double)Interlocked.Add(ref done, block.RowCount) / table.RowCount));
        }
    }
}

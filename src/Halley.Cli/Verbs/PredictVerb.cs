using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Models;
using Halley.Sources;

namespace Halley.Cli;

/// <summary><c>halley predict MODEL --data FILE --out FILE</c></summary>
sealed class PredictVerb() : Verb("predict", "Predict every row of a file: exposure applied, or at exposure 1, or the raw score.")
{
    readonly Argument<string> model = new("model") { Description = "A fitted model: its name, or the path of its artefact." };
    readonly Option<string> data = new("--data")
    {
        Description = "Table of data.yaml, or a CSV or Parquet file.",
        Required = true,
    };
    readonly Option<string> result = new("--out") { Description = "CSV or Parquet file to write.", Required = true };
    readonly Option<double?> exposure = new("--at-exposure")
    {
        Description = "Predict for this exposure (1 only) in place of each row's own.",
    };
    readonly Option<bool> raw = new("--raw") { Description = "The score before the link, exposure and offset left out." };
    readonly Option<bool> leaves = new("--leaves") { Description = "Add the leaf of every tree: columns leaf_0, leaf_1, …" };
    readonly Option<string?> trees = new("--trees")
    {
        Description = "Use the first N trees only, or those of a range FROM..TO (from 0, TO left out).",
    };
    readonly Option<int> threads = new("--threads") { Description = "Threads; 0 for all processors. Changes no bit." };

    protected override IEnumerable<Symbol> Symbols => [model, data, result, exposure, raw, leaves, trees, threads];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var mode = ModeOf(context.Get(exposure), context.Get(raw));
        var fitted = project.ReadModel(context.Get(model));
        if (context.Get(trees) is { } range)
            fitted = ModelTrees.Slice(fitted, RangeOf(range).First, RangeOf(range).End);
        var (rows, predicted) = context.WithProgress(
            "predict",
            progress =>
            {
                var read = project.ReadTable(context.Get(data)!, context.Cancellation, progress.Part(0, 0.4));
                var columns = fitted.PredictAll(read, mode, context.Get(threads), progress.Part(0.4, 0.8), context.Cancellation);
                var scored = columns.Aggregate(read, (table, column) => table.With(column));
                if (context.Get(leaves))
                    scored = LeafColumns.AddTo(scored, fitted, read, context.Cancellation);
                TableWriter.Write(scored, context.Get(result)!, progress.Part(0.8, 1), context.Cancellation);
                return (read, columns);
            }
        );
        var total = predicted[0] is NumericColumn numbers ? numbers.Values.ToArray().Sum() : (double?)null;
        var report = new
        {
            Model = fitted.Name,
            Rows = rows.RowCount,
            Column = predicted[0].Name,
            Columns = predicted.Select(column => column.Name).ToList(),
            Mode = mode,
            Total = total,
            Out = context.Get(result),
        };
        context.Output.Write(
            report,
            console =>
                console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{rows.RowCount:N0} rows, {(total is { } sum ? string.Create(CultureInfo.InvariantCulture, $"{report.Column} adds up to {sum:G8}") : $"columns {string.Join(", ", report.Columns)}")}, written to {report.Out}"
                    )
                )
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    static (int First, int End) RangeOf(string text)
    {
        var parts = text.Split("..");
        var first = 0;
        if (
            parts.Length > 2
            || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            || parts.Length == 2 && !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
        )
            throw new HalleyException("HLY7050", $"--trees {text}: give a number of trees, 100, or a range, 100..200.");
        return (first, end);
    }

    static PredictMode ModeOf(double? exposure, bool raw) =>
        (exposure, raw) switch
        {
            (null, true) => PredictMode.Raw,
            (null, false) => PredictMode.ExposureApplied,
            (1, false) => PredictMode.AtExposureOne,
            (_, true) => throw new HalleyException(
                "HLY7017",
                "--raw leaves exposure out; it can't stand beside --at-exposure. Drop one."
            ),
            ({ } other, false) => throw Importing.NotOneYear(other),
        };
}

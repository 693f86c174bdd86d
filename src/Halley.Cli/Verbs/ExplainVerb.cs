using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Models;
using Halley.Sources;

namespace Halley.Cli;

/// <summary><c>halley explain MODEL --data FILE --out FILE</c></summary>
sealed class ExplainVerb()
    : Verb(
        "explain",
        "Say why each row has its prediction: exact Shapley values of a tree model, a line for each row and feature."
    )
{
    readonly Argument<string> model = new("model") { Description = "A tree model: its name, or the path of its artefact." };
    readonly Option<string> data = new("--data")
    {
        Description = "Table of data.yaml, or a CSV or Parquet file.",
        Required = true,
    };
    readonly Option<string> result = new("--out") { Description = "CSV or Parquet file to write.", Required = true };
    readonly Option<int?> rows = new("--rows") { Description = "Rows to explain, from the first. Default: all." };

    protected override IEnumerable<Symbol> Symbols => [model, data, result, rows];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var fitted = project.ReadModel(context.Get(model));
        var (explainedRows, lines) = context.WithProgress(
            "explain",
            progress =>
            {
                var table = project.ReadTable(context.Get(data)!, context.Cancellation, progress.Part(0, 0.1));
                if (context.Get(rows) is { } count && count < table.RowCount)
                    table = table.Take([.. Enumerable.Range(0, Math.Max(count, 0))]);
                var explained = ShapTable.Of(fitted, table, progress.Part(0.1, 0.8), context.Cancellation);
                TableWriter.Write(explained, context.Get(result)!, progress.Part(0.8, 1), context.Cancellation);
                return (table.RowCount, explained.RowCount);
            }
        );
        var report = new
        {
            Model = fitted.Name,
            Rows = explainedRows,
            Lines = lines,
            Out = context.Get(result),
        };
        context.Output.Write(
            report,
            console =>
                console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Rows:N0} rows, {report.Lines:N0} lines, written to {report.Out}"
                    )
                )
        );
        return Task.FromResult(ExitStatus.Passed);
    }
}

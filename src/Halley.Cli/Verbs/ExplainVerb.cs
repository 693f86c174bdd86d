using System.CommandLine;
using System.Globalization;
using Halley.Boosting;
using Halley.Data;
using Halley.Models;
using Halley.Sources;
using Spectre.Console;
using Table = Halley.Data.Table;

namespace Halley.Cli;

/// <summary><c>halley explain MODEL [--what WHAT] [--data FILE] [--out FILE]</c></summary>
sealed class ExplainVerb()
    : Verb(
        "explain",
        "Say what a model found: a GLM's coefficients with errors, intervals and tests; of trees why each row has its prediction (exact Shapley values), what pairs of features add, what features matter, how the score depends on them, or what the trees are."
    )
{
    const int BackgroundRows = 100;

    readonly Argument<string> model = new("model") { Description = "A model: its name, or the path of its artefact." };
    readonly Option<string?> what = Among(
        "--what",
        "coefficients: of a GLM (its default). shap: contributions of each row (the default of trees). interactions: those of pairs. importance: gain, cover and cuts; with --data the rise of deviance too. dependence: partial dependence and accumulated local effects. trees: the trees in words.",
        "coefficients",
        "shap",
        "interactions",
        "importance",
        "dependence",
        "trees"
    );
    readonly Option<string?> data = new("--data") { Description = "Table of data.yaml, or a CSV or Parquet file." };
    readonly Option<string?> result = new("--out") { Description = "CSV or Parquet file to write; for trees a text file." };
    readonly Option<int?> rows = new("--rows") { Description = "Rows to explain, from the first. Default: all." };
    readonly Option<string?> background = new("--background")
    {
        Description =
            "what shap: table or file of rows that unknown features are drawn from (interventional values). Default: the trees' own weights.",
    };
    readonly Option<int> backgroundRows = new("--background-rows")
    {
        Description = "Rows of the background, evenly spread over it.",
        DefaultValueFactory = _ => BackgroundRows,
    };

    protected override IEnumerable<Symbol> Symbols => [model, what, data, result, rows, background, backgroundRows];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var fitted = project.ReadModel(context.Get(model));
        var asked = context.Get(what) ?? (fitted.Spec.Learner is GlmLearner or RatingLearner ? "coefficients" : "shap");
        if (asked == "coefficients")
            return Task.FromResult(WriteCoefficients(context, fitted));
        if (asked == "trees")
            return Task.FromResult(WriteTrees(context, fitted));
        if (asked != "importance" && (context.Get(data) is null || context.Get(result) is null))
            throw new HalleyException(
                "HLY7083",
                $"halley explain --what {asked} needs rows and a place for what it finds. Give --data FILE and --out FILE."
            );
        var (explained, lines) = context.WithProgress(
            "explain",
            progress =>
            {
                var table = context.Get(data) is { } source ? RowsOf(context, project, source, progress) : null;
                var explained = Explain(context, asked, project, fitted, table, progress);
                if (context.Get(result) is { } file)
                    TableWriter.Write(explained, file, progress.Part(0.9, 1), context.Cancellation);
                return (table?.RowCount ?? 0, explained);
            }
        );
        var report = new
        {
            Model = fitted.Name,
            What = asked,
            Rows = explained,
            Lines = lines.RowCount,
            Out = context.Get(result),
        };
        context.Output.Write(report, console => Show(console, report.Rows, lines, report.Out));
        return Task.FromResult(ExitStatus.Passed);
    }

    Table RowsOf(CommandContext context, Project project, string source, IProgress<FitProgress>? progress)
    {
        var table = project.ReadTable(source, context.Cancellation, progress.Part(0, 0.1));
        return context.Get(rows) is { } count && count < table.RowCount
            ? table.Take([.. Enumerable.Range(0, Math.Max(count, 0))])
            : table;
    }

    Table Explain(
        CommandContext context,
        string asked,
        Project project,
        FittedModel fitted,
        Table? table,
        IProgress<FitProgress>? progress
    )
    {
        var (part, cancellation) = (progress.Part(0.1, 0.9), context.Cancellation);
        return asked switch
        {
            "interactions" => ShapTable.PairsOf(fitted, table!, part, cancellation),
            "importance" => ModelImportance.TableOf(fitted, table, part, cancellation),
            "dependence" => Dependence.Of(fitted, table!, part, cancellation: cancellation),
            _ => ShapTable.Of(fitted, table!, part, Background(context, project), cancellation),
        };
    }

    Table? Background(CommandContext context, Project project)
    {
        if (context.Get(background) is not { } source)
            return null;
        var table = project.ReadTable(source, context.Cancellation);
        var count = Math.Min(Math.Max(context.Get(backgroundRows), 1), table.RowCount);
        return table.Take([.. Enumerable.Range(0, count).Select(row => (int)((long)row * table.RowCount / count))]);
    }

    static int WriteCoefficients(CommandContext context, FittedModel fitted)
    {
        var summary = GlmSummary.Of(fitted);
        context.Output.Write(summary, console => GlmSummaryText.Draw(console, summary));
        return ExitStatus.Passed;
    }

    int WriteTrees(CommandContext context, FittedModel fitted)
    {
        var trees = ShapTable.TreesOf(fitted);
        var text = TreeText.Of(trees, 0, trees.TreeCount);
        if (context.Get(result) is { } file)
            File.WriteAllText(file, text);
        var report = new
        {
            Model = fitted.Name,
            What = "trees",
            Trees = trees.TreeCount,
            Nodes = trees.NodeCount,
            Out = context.Get(result),
        };
        context.Output.Write(
            report,
            console => console.Write(report.Out is null ? text : $"{report.Trees:N0} trees, written to {report.Out}\n")
        );
        return ExitStatus.Passed;
    }

    static Option<string?> Among(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    static void Show(IAnsiConsole console, int rows, Table lines, string? file)
    {
        if (file is not null)
        {
            console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {lines.RowCount:N0} lines, written to {file}")
            );
            return;
        }
        console.WriteLine(string.Join("  ", lines.Columns.Select(column => column.Name)));
        for (var row = 0; row < lines.RowCount; row++)
            console.WriteLine(
                string.Join(
                    "  ",
                    lines.Columns.Select(column =>
                        column is NumericColumn number
                            ? number.Values[row].ToString("G6", CultureInfo.InvariantCulture)
                            : column.TextAt(row)
                    )
                )
            );
    }
}

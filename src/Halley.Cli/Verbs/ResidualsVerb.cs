using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Glm;
using Halley.Models;
using Halley.Sources;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley residuals MODEL --out FILE</c></summary>
sealed class ResidualsVerb()
    : Verb("residuals", "Residuals, leverage and influence of a GLM's learn rows: crunched on screen, row by row in a file.")
{
    /// <summary>Rows shown that move the fit most.</summary>
    const int RowsShown = 5;

    readonly Argument<string> model = new("model") { Description = "A fitted GLM: its name, or the path of its artefact." };
    readonly Option<string?> result = new("--out")
    {
        Description =
            "CSV or Parquet file: each learn row of the data with its fitted mean, leverage, Cook's distance, dffits, and response, Pearson, deviance, working, Anscombe, standardised and studentised residuals.",
    };
    readonly Option<string[]> by = new("--by")
    {
        Description = "Columns or derived features, in the model or not, whose levels rows are taken together by.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<int> groups = new("--groups")
    {
        Description = "Groups of equal exposure by rising fitted mean.",
        DefaultValueFactory = _ => 20,
    };
    readonly Option<string?> data = new("--data")
    {
        Description = "Table of data.yaml, or a file: what the model was fitted on. Default: from the run ledger.",
    };

    protected override IEnumerable<Symbol> Symbols => [model, result, by, groups, data];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var count = context.Get(groups);
        if (count is < 1 or > 10_000)
            throw new HalleyException("HLY3491", $"--groups {count}: rows are taken together in 1 to 10000 groups.");
        var project = context.OpenProject();
        var fitted = project.ReadModel(context.Get(model));
        var source = context.Get(data) ?? project.DataOf(fitted);
        var factors = context.Get(by) ?? [];
        var (residuals, target) = context.WithProgress(
            "residuals",
            progress =>
            {
                var table = project.ReadTable(source, context.Cancellation, progress.Part(0, 0.3));
                var own = ModelResiduals.Of(
                    fitted,
                    table,
                    project.OffsetOf(fitted.Spec),
                    progress: progress.Part(0.3, 0.8),
                    cancellation: context.Cancellation
                );
                if (context.Get(result) is { } path)
                    TableWriter.Write(own.ToTable(), path, progress.Part(0.8, 1), context.Cancellation);
                return (own, table.Find(fitted.Spec.Target) as NumericColumn);
            }
        );
        var (crunched, levels) = (
            residuals.Crunched(count),
            factors.Select(factor => (Factor: factor, Levels: residuals.CrunchedBy(factor))).ToList()
        );
        var influential = MostInfluential(residuals.Rows).ToList();
        context.Output.Write(
            new
            {
                Model = fitted.Name,
                Rows = residuals.SourceRows.Count,
                residuals.Dispersion,
                Groups = crunched,
                Factors = levels.Select(one => new
                {
                    one.Factor,
                    Levels = one.Levels.Select(level => new { Level = level.Key, Residual = level.Value }),
                }),
                Influential = influential.Select(row => new
                {
                    Row = residuals.SourceRows[row] + 1,
                    Target = target?.Values[residuals.SourceRows[row]],
                    Fitted = residuals.Rows.Mean[row],
                    Leverage = residuals.Rows.Leverage[row],
                    CooksDistance = residuals.Rows.CooksDistance[row],
                    Studentised = residuals.Rows.Studentised[row],
                }),
                Out = context.Get(result),
                Simulated = project.IsSimulated(source),
            },
            console =>
            {
                Draw(console, "group", crunched.Select((group, i) => (Text(i + 1), group)));
                foreach (var (factor, rows) in levels)
                    Draw(console, factor, rows.Select(level => (level.Key, level.Value)));
                DrawRows(console, residuals, influential, target);
                console.WriteLine(
                    "A group's residual is about standard normal where the model is right: beyond 2 is rare, beyond 3 is not chance."
                );
                if (context.Get(result) is { } path)
                    console.WriteLine(
                        string.Create(CultureInfo.InvariantCulture, $"{residuals.SourceRows.Count:N0} rows written to {path}")
                    );
            }
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    static IEnumerable<int> MostInfluential(RowDiagnostics rows) =>
        Enumerable
            .Range(0, rows.Row.Count)
            .Where(row => double.IsFinite(rows.CooksDistance[row]))
            .OrderByDescending(row => rows.CooksDistance[row])
            .Take(RowsShown);

    static void Draw(IAnsiConsole console, string what, IEnumerable<(string Name, CrunchedResidual Residual)> lines)
    {
        var table = Tables.New(what, "rows", "exposure", "observed", "fitted", "fitted a unit", "residual");
        foreach (var (name, residual) in lines)
            table.AddPlainRow(
                name,
                residual.RowCount.ToString("N0", CultureInfo.InvariantCulture),
                Tables.Number(residual.Exposure),
                Tables.Number(residual.Observed),
                Tables.Number(residual.Fitted),
                Tables.Number(residual.Fitted / residual.Exposure),
                residual.Residual.ToString("F2", CultureInfo.InvariantCulture)
            );
        console.Write(table);
    }

    static void DrawRows(IAnsiConsole console, ModelResiduals residuals, List<int> rows, NumericColumn? target)
    {
        if (rows.Count == 0)
            return;
        var table = Tables.New(
            "rows that move the fit most",
            target?.Name ?? "target",
            "fitted",
            "studentised",
            "leverage",
            "Cook's distance"
        );
        foreach (var row in rows)
            table.AddPlainRow(
                (residuals.SourceRows[row] + 1).ToString("N0", CultureInfo.InvariantCulture),
                Tables.Number(target?.Values[residuals.SourceRows[row]]),
                Tables.Number(residuals.Rows.Mean[row]),
                Tables.Number(residuals.Rows.Studentised[row]),
                Tables.Number(residuals.Rows.Leverage[row]),
                Tables.Number(residuals.Rows.CooksDistance[row])
            );
        console.Write(table);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

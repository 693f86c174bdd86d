using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Glm;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley export MODEL --to r --out DIR</c></summary>
sealed class ExportVerb()
    : Verb("export", "Write a GLM as an R script that refits it on the same rows and prints the largest differences.")
{
    readonly Argument<string> model = new("model") { Description = "A fitted GLM: its name, or the path of its artefact." };
    readonly Option<string> language = Language();
    readonly Option<string?> folder = new("--out")
    {
        Description = "Folder to write the script and its rows into. Default: exports/MODEL in the project.",
    };
    readonly Option<string?> data = new("--data")
    {
        Description = "Table of data.yaml, or a file: what the model was fitted on. Default: from the run ledger.",
    };

    protected override IEnumerable<Symbol> Symbols => [model, language, folder, data];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var fitted = project.ReadModel(context.Get(model));
        var source = context.Get(data) ?? project.DataOf(fitted);
        var place = context.Get(folder) ?? Path.Combine(project.Folder, "exports", fitted.Name);
        var refit = context.WithProgress(
            "export",
            progress =>
                RExport.Of(
                    fitted,
                    project.ReadTable(source, context.Cancellation, progress.Part(0, 0.3)),
                    progress: progress.Part(0.3, 1),
                    cancellation: context.Cancellation
                )
        );
        Write(refit, place, context.Cancellation);
        var script = Path.Combine(place, RRefit.ScriptFile);
        context.Output.Write(
            new
            {
                Model = fitted.Name,
                Script = script,
                Rows = refit.Rows.RowCount,
                Coefficients = refit.Coefficients.RowCount,
                Simulated = project.IsSimulated(source),
            },
            console =>
                console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"written: {script}, with {refit.Rows.RowCount:N0} rows. Run it: Rscript {script}"
                    )
                )
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    static void Write(RRefit refit, string place, CancellationToken cancellation)
    {
        Directory.CreateDirectory(place);
        CsvWriter.Write(refit.Rows, Path.Combine(place, RRefit.RowsFile), cancellation: cancellation);
        CsvWriter.Write(refit.Coefficients, Path.Combine(place, RRefit.CoefficientsFile), cancellation: cancellation);
        if (refit.Curves is { } curves)
            CsvWriter.Write(curves, Path.Combine(place, RRefit.CurvesFile), cancellation: cancellation);
        File.WriteAllText(Path.Combine(place, RRefit.ScriptFile), refit.Script);
    }

    static Option<string> Language()
    {
        var option = new Option<string>("--to") { Description = "What to write: r, a script for R.", Required = true };
        option.AcceptOnlyFromAmong("r");
        return option;
    }
}

using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Glm;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley export MODEL --to r|onnx|lightgbm --out PLACE</c></summary>
sealed class ExportVerb()
    : Verb(
        "export",
        "Write a model for other programs: trees as ONNX or LightGBM text, a GLM as ONNX or an R script; with the largest difference found."
    )
{
    readonly Argument<string> model = new("model") { Description = "A fitted model: its name, or the path of its artefact." };
    readonly Option<string> language = Language();
    readonly Option<string?> folder = new("--out")
    {
        Description = "File to write, or for R the folder of the script and its rows. Default: in exports of the project.",
    };
    readonly Option<string?> data = new("--data")
    {
        Description =
            "Table of data.yaml, or a file. R: what the model was fitted on, by default from the run ledger; else rows to compare by, by default the check rows.",
    };

    protected override IEnumerable<Symbol> Symbols => [model, language, folder, data];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var fitted = project.ReadModel(context.Get(model));
        if (context.Get(language) is var format and not "r")
            return Task.FromResult(
                WriteTrees(context, project, fitted, format == "onnx" ? ExportFormat.Onnx : ExportFormat.LightGbm)
            );
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

    int WriteTrees(CommandContext context, Project project, FittedModel fitted, ExportFormat format)
    {
        var ending = format == ExportFormat.Onnx ? ".onnx" : ".txt";
        var place = context.Get(folder) ?? Path.Combine(project.Folder, "exports", fitted.Name + ending);
        var exported = context.WithProgress(
            "export",
            progress =>
                ModelExport.Of(
                    fitted,
                    format,
                    context.Get(data) is { } rows ? project.ReadTable(rows, context.Cancellation, progress.Part(0, 0.5)) : null
                )
        );
        if (Path.GetDirectoryName(Path.GetFullPath(place)) is { } parent)
            Directory.CreateDirectory(parent);
        File.WriteAllBytes(place, exported.File);
        context.Output.Write(
            new
            {
                Model = fitted.Name,
                File = place,
                Inputs = exported.Inputs.Select(input => input.Name),
                Computed = exported.Computed,
                Compared = exported.Rows,
                exported.LargestDifference,
            },
            console => console.WriteLine(TextOf(fitted, place, exported))
        );
        return ExitStatus.Passed;
    }

    static string TextOf(FittedModel fitted, string place, ExportedModel exported)
    {
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"written: {place}. Read back, {exported.Rows:N0} rows predict the same but for {exported.LargestDifference:G3} (relative)."
            ),
            $"inputs: {string.Join(", ", exported.Inputs.Select(input => input.Name))}",
        };
        foreach (var computed in exported.Computed)
            lines.Add($"  '{computed.Name}' is not a field: compute it first, as {computed.Expression}");
        if (exported.LeftOut.Count > 0)
            lines.Add($"the file predicts the mean alone; left out: {string.Join(", ", exported.LeftOut)}");
        if (fitted.Spec.Exposure is { } exposure)
            lines.Add($"predictions are for one year; multiply them by '{exposure}'");
        return string.Join('\n', lines);
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
        var option = new Option<string>("--to")
        {
            Description = "onnx, lightgbm (text), or r: a script for R that refits a GLM.",
            Required = true,
        };
        option.AcceptOnlyFromAmong("onnx", "lightgbm", "r");
        return option;
    }
}

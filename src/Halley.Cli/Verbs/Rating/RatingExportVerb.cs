using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Models;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley rating export MODEL --out FILE</c></summary>
sealed class RatingExportVerb()
    : Verb(
        "export",
        "Write the rating table for a rating engine, and prove it: a portfolio is scored again from the written file."
    )
{
    const double ExactTolerance = 1e-9;
    const double RoundedTolerance = 1e-3;

    readonly Argument<string> model = new("model") { Description = "A fitted model: its name, or the path of its artefact." };
    readonly Option<string> result = new("--out")
    {
        Description = "A .csv or .xlsx file to write; with --by-factor and CSV a folder.",
        Required = true,
    };
    readonly Option<bool> byFactor = new("--by-factor")
    {
        Description = "A sheet, or a CSV file, for each factor; two-way factors as grids.",
    };
    readonly Option<string?> map = new("--map") { Description = "YAML with the engine's columns, words and decimals." };
    readonly Option<int?> decimals = new("--decimals")
    {
        Description = "Decimals of relativities. Default: the map's, else all digits.",
    };
    readonly Option<string?> data = new("--data")
    {
        Description = "Portfolio for the proof: a table of data.yaml, or a file. Default: what the model was fitted on.",
    };
    readonly Option<double?> tolerance = new("--tolerance")
    {
        Description = "Largest relative difference of a row. Default: 1e-9 with all digits, 0.001 with rounded relativities.",
    };

    protected override IEnumerable<Symbol> Symbols => [model, result, byFactor, map, decimals, data, tolerance];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var fitted = project.ReadModel(context.Get(model));
        var engine = RatingFiles.MapOf(context.Get(map), context.Get(decimals));
        var path = context.Get(result)!;
        RefuseExtension(path);
        var source = context.Get(data) ?? project.DataOf(fitted);
        var isRounded = engine.Decimals is not null || engine.BaseDecimals is not null;
        var allowed = context.Get(tolerance) ?? (isRounded ? RoundedTolerance : ExactTolerance);
        var proof = context.WithProgress(
            "prove",
            progress =>
            {
                RatingFiles.Write(fitted, path, engine, context.Get(byFactor), context.Cancellation);
                var table = project.ReadTable(source, context.Cancellation, progress.Part(0, 0.3));
                // From the file, not from memory: what the engine will read is what is proved.
                var (lines, placeOf) = RatingFiles.Read(path, engine, null, context.Cancellation);
                return RatingProof.Of(fitted, lines, placeOf, table, progress.Part(0.3, 1), context.Cancellation);
            }
        );
        var passed = proof.Largest <= allowed;
        var document = new
        {
            Model = fitted.Name,
            Out = path,
            Data = source,
            Simulated = project.IsSimulated(source),
            Tolerance = allowed,
            Passed = passed,
            Proof = proof,
        };
        context.Output.Write(document, console => Draw(console, proof, path, allowed));
        return Task.FromResult(passed ? ExitStatus.Passed : ExitStatus.CheckFailed);
    }

    /// <summary>A name that says CSV, workbook or folder: another one would hold what it does not say.</summary>
    static void RefuseExtension(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not ("" or ".csv" or ".xlsx"))
            throw new Data.HalleyException(
                "HLY7088",
                $"--out {path}: a rating table is written as .csv or .xlsx, or with --by-factor into a folder. Give one of these names."
            );
    }

    static void Draw(IAnsiConsole console, RatingProof proof, string path, double allowed)
    {
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"written to {path}; {proof.Rows:N0} rows in {proof.Cells:N0} tariff cells scored again from it"
            )
        );
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"largest difference {proof.Largest:P4}, exposure-weighted {proof.Mean:P5}; total {proof.Model:G10} by the model, {proof.File:G10} by the file"
            )
        );
        if (proof.Worst.Count > 0)
            console.WriteLine("cells that differ most:");
        foreach (var cell in proof.Worst)
            console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {cell.Difference, 9:P4}  {cell.Model:G7} → {cell.File:G7}, {cell.Rows:N0} rows, {cell.Exposure:N1} of exposure, first in row {cell.FirstRow}: "
                ) + string.Join(' ', cell.Levels.Select(level => $"{level.Key}={level.Value}"))
            );
        if (proof.Largest > allowed)
            console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"above the tolerance of {allowed:G4}: write more decimals (--decimals, base_decimals in the map), or allow more with --tolerance"
                )
            );
    }
}

using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Models;
using Halley.Specs;
using Halley.Statistics;

namespace Halley.Cli;

/// <summary><c>halley import FILE --out MODEL</c></summary>
sealed class ImportVerb()
    : Verb("import", "Take in a model of XGBoost, LightGBM, CatBoost or ONNX: an artefact that a decision uses like any other.")
{
    readonly Argument<string> file = new("file")
    {
        Description = "JSON or UBJSON of XGBoost, text of LightGBM, cbm or JSON of CatBoost, ONNX; also .gz.",
    };
    readonly Option<string> result = new("--out")
    {
        Description = "Name of the model in the project, or path of the artefact to write (.hlm).",
        Required = true,
    };
    readonly Option<string?> exposure = new("--exposure") { Description = "Column of years at risk." };
    readonly Option<ExposureRole?> role = new("--as")
    {
        Description = "How exposure came into training: offset, weight, feature or none.",
    };
    readonly Option<string?> levels = new("--levels")
    {
        Description = "JSON with the levels of each category in code order, where the file holds codes only.",
    };
    readonly Option<string?> link = new("--link")
    {
        Description = "From raw score to prediction, where the objective is not known: " + Link.Names,
    };
    readonly Option<int?> iterations = new("--iterations")
    {
        Description = "Boosting rounds to use. Default: the best iteration, else all.",
    };
    readonly Option<int?> output = new("--output") { Description = "Class, target or quantile to predict, from 0." };
    readonly Option<string?> features = new("--features")
    {
        Description = "YAML that computes the model's features from request fields.",
    };
    readonly Option<string> target = new("--target")
    {
        Description = "What it predicts, for evaluation.",
        DefaultValueFactory = _ => "target",
    };
    readonly Option<string?> check = new("--check")
    {
        Description = "CSV or Parquet with rows and the library's own predictions of them.",
    };
    readonly Option<string> column = new("--column")
    {
        Description = "Column of those predictions.",
        DefaultValueFactory = _ => "prediction",
    };
    readonly Option<double?> atExposure = new("--at-exposure")
    {
        Description = "The predictions are for this exposure (1 only).",
    };
    readonly Option<bool> raw = new("--raw") { Description = "The predictions are raw scores." };
    readonly Option<double?> tolerance = new("--tolerance")
    {
        Description = "Largest relative difference allowed. Default: 1e-5 where the library works in 32-bit floats, else 1e-9.",
    };

    protected override IEnumerable<Symbol> Symbols =>
        [
            file,
            result,
            exposure,
            role,
            levels,
            link,
            iterations,
            output,
            features,
            target,
            check,
            column,
            atExposure,
            raw,
            tolerance,
        ];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var bytes = await File.ReadAllBytesAsync(context.Get(file), context.Cancellation);
        var (model, checkedRows) = context.WithProgress("import", progress => Import(context, bytes, progress));
        var passed = checkedRows?.Cause is null;
        var report = passed
            ? await Importing.SaveAsync(
                context.OpenProject(),
                model,
                context.Get(result)!,
                context.Get(file),
                context.Cancellation
            )
            : null;
        var document = new
        {
            Model = Importing.Describe(model),
            Saved = report,
            Check = checkedRows,
        };
        context.Output.Write(
            document,
            console => console.WriteLine(Importing.Text(model, report, checkedRows, context.Get(iterations)))
        );
        return passed ? ExitStatus.Passed : ExitStatus.CheckFailed;
    }

    (FittedModel Model, ImportCheckResult? Check) Import(CommandContext context, byte[] bytes, IProgress<FitProgress> progress)
    {
        var options = OptionsOf(context);
        progress.Report(new("reading the model", 0));
        var model = ModelImporter.Import(bytes, options);
        if (context.Get(check) is not { } path)
            return (model, null);
        var (rows, expected) = Importing.ReadCheck(
            model,
            path,
            context.Get(column)!,
            progress.Part(0.2, 0.4),
            context.Cancellation
        );
        var mode = Importing.ModeOf(model, context.Get(atExposure), context.Get(raw));
        var result = ImportCheck.Run(
            bytes,
            options,
            rows,
            expected,
            mode,
            context.Get(tolerance) ?? ImportCheck.ToleranceFor(model, mode),
            progress.Part(0.4, 0.9)
        );
        progress.Report(new("keeping check rows", 0.9));
        return (ModelImporter.Import(bytes, options, rows), result);
    }

    ImportOptions OptionsOf(CommandContext context) =>
        new()
        {
            Name = Importing.NameOf(context.Get(result)!),
            Target = context.Get(target)!,
            Exposure = context.Get(exposure),
            ExposureRole = context.Get(role),
            Levels = context.Get(levels) is { } path ? LevelsFile.Read(path) : new Dictionary<string, LevelList>(),
            Link = context.Get(link) is { } name ? LinkOf(name) : null,
            Iterations = context.Get(iterations),
            Output = context.Get(output),
            Features = context.Get(features) is { } map ? SpecFiles.Features.Read(map) : null,
        };

    static Link LinkOf(string name) =>
        Link.TryParse(name, out var found)
            ? found
            : throw new HalleyException(
                "HLY7032",
                string.Create(CultureInfo.InvariantCulture, $"--link {name}: there are {Link.Names}.")
            );
}

using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Cli;

/// <summary><c>halley rating import FILE --out MODEL</c></summary>
sealed class RatingImportVerb()
    : Verb("import", "Make a tariff that is a file, such as the one in force, a model: without a fit, and without a guess.")
{
    readonly Argument<string> file = new("file")
    {
        Description = "CSV or XLSX, one long table or a sheet for each factor; or a folder with a CSV file for each factor.",
    };
    readonly Option<string> result = new("--out")
    {
        Description = "Name of the model in the project, or path of the artefact to write (.hlm).",
        Required = true,
    };
    readonly Option<string?> like = new("--like")
    {
        Description = "A fitted model whose target, exposure, family, rows, derived features and split it takes over.",
    };
    readonly Option<string?> data = new("--data")
    {
        Description =
            "Portfolio whose levels the file must have: a table of data.yaml, or a file. Default: what --like was fitted on.",
    };
    readonly Option<string?> target = new("--target")
    {
        Description = "What it predicts, for evaluation. Needed without --like.",
    };
    readonly Option<string?> exposure = new("--exposure") { Description = "Column of years at risk." };
    readonly Option<string?> family = new("--family")
    {
        Description = "Distribution of the target, for evaluation. Default: poisson. " + Family.Names,
    };
    readonly Option<double?> baseValue = new("--base") { Description = "Base value, where the file has none." };
    readonly Option<string?> map = new("--map") { Description = "YAML with the file's columns and words." };

    protected override IEnumerable<Symbol> Symbols => [file, result, like, data, target, exposure, family, baseValue, map];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var path = context.Get(file);
        var (lines, placeOf) = RatingFiles.Read(
            path,
            RatingFiles.MapOf(context.Get(map), null),
            context.Get(baseValue),
            context.Cancellation
        );
        var other = context.Get(like) is { } name ? project.ReadModel(name) : null;
        var source = context.Get(data) ?? (other is null ? throw NoData() : project.DataOf(other));
        var spec = SpecOf(context, other, path);
        var started = context.Clock.GetTimestamp();
        var model = context.WithProgress(
            "import",
            progress =>
                RatingModels.Import(
                    lines,
                    placeOf,
                    spec,
                    project.ReadTable(source, context.Cancellation, progress.Part(0, 0.4)),
                    project.DeclaredSchema(source),
                    progress.Part(0.4, 1),
                    context.Cancellation
                )
        );
        var saved = await ModelSaving.SaveAsync(
            project,
            model,
            context.Get(result)!,
            new(RunKind.Import, source, $"rating table from {Path.GetFileName(path)}", context.Clock.GetElapsedTime(started)),
            context.Cancellation
        );
        var learner = (RatingLearner)model.Spec.Learner;
        var document = new
        {
            Model = model.Name,
            learner.Source,
            learner.SourceHash,
            learner.Features,
            Lines = lines.RowCount,
            Data = source,
            Simulated = project.IsSimulated(source),
            Saved = saved,
            model.Metrics,
        };
        context.Output.Write(
            document,
            console =>
                console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{lines.RowCount:N0} lines over {string.Join(", ", learner.Features)}; every level of {source} has its line\nwritten to {saved.Path}"
                    ) + (saved.Version is null ? "" : $", version {saved.Version}")
                )
        );
        return ExitStatus.Passed;
    }

    ModelSpec SpecOf(CommandContext context, FittedModel? other, string path)
    {
        var learner = new RatingLearner
        {
            Features = [],
            Source = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
            SourceHash = HashOf(path).Hex,
            Edits = [],
        };
        var name = ModelSaving.NameOf(context.Get(result)!);
        if (other is not null)
            return other.Spec with
            {
                Name = name,
                Target = context.Get(target) ?? other.Spec.Target,
                Exposure = context.Get(exposure) ?? other.Spec.Exposure,
                Family = context.Get(family) is { } named ? RatingFamily.Of(named) : other.Family,
                Link = Link.Log,
                Offset = null,
                OffsetModel = null,
                Learner = learner,
                Notes = null,
            };
        return new()
        {
            Name = name,
            Target =
                context.Get(target)
                ?? throw new HalleyException(
                    "HLY7062",
                    "a model predicts something. Say what with --target COLUMN, or take it over with --like MODEL."
                ),
            Exposure = context.Get(exposure),
            Family = RatingFamily.Of(context.Get(family) ?? "poisson"),
            Link = Link.Log,
            Learner = learner,
        };
    }

    static HalleyException NoData() =>
        new("HLY7064", "the file's levels are checked against a portfolio. Name one with --data, or a model of it with --like.");

    /// <summary>Of a folder: of its files in the order of their names.</summary>
    static ContentHash HashOf(string path) =>
        ContentHash.Of(
            Directory.Exists(path)
                ? Directory.GetFiles(path, "*.csv").Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes).ToArray()
                : File.ReadAllBytes(path)
        );
}

using System.CommandLine;
using Halley.Data;
using Halley.Glm;
using Halley.Models;
using Halley.Specs;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley search terms MODEL</c></summary>
sealed class SearchTermsVerb()
    : Verb(
        "terms",
        "Add and drop terms step by step while AIC or the deviance of held-out rows falls, and write the model found."
    )
{
    readonly Argument<string> model = new("model")
    {
        Description = "A model file, or the name of a file in models/: where to start.",
    };
    readonly Option<string?> scope = new("--scope")
    {
        Description = "A model file whose terms may come in beside the model's own.",
    };
    readonly Option<string[]> add = new("--add")
    {
        Description =
            "Columns that may come in: as a factor, or as a natural spline where they are numbers of more than 12 values.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string[]> keep = new("--keep")
    {
        Description = "Terms that are never dropped.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string> by = Among(
        "--by",
        "aic: Akaike's criterion (default). held-out: deviance of rows held out, fold by fold.",
        "aic",
        "held-out"
    );
    readonly Option<string> direction = Among(
        "--direction",
        "both (default), forward or backward.",
        "both",
        "forward",
        "backward"
    );
    readonly Option<int> folds = SearchOptions.Folds();
    readonly Option<string?> key = SearchOptions.Key();
    readonly Option<string?> time = new("--time")
    {
        Description = "held-out: column of dates or years; each fold is predicted from what came before it.",
    };
    readonly Option<string?> result = new("--out") { Description = "Model file to write. Default: models/MODEL-found.yaml." };

    protected override IEnumerable<Symbol> Symbols => [model, scope, add, keep, by, direction, folds, key, time, result];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var path = project.SpecPath("models", context.Get(model));
        var file = SpecFiles.Model.Read(path);
        var further = context.Get(scope) is { } wide ? (project.ReadModelFile(wide).Spec.Learner as GlmLearner)?.Terms ?? [] : [];
        var options = new TermSearchOptions
        {
            Criterion = context.Get(by) == "held-out" ? SearchCriterion.HeldOut : SearchCriterion.Aic,
            Direction = Enum.Parse<SearchDirection>(context.Get(direction)!, ignoreCase: true),
            Kept = context.Get(keep) ?? [],
            Folds = SearchOptions.PlanOf(context.Get(folds), context.Get(key), file.Spec) with
            {
                Time = context.Get(time),
                Keys = context.Get(time) is null
                    ? SearchOptions.PlanOf(context.Get(folds), context.Get(key), file.Spec).Keys
                    : [],
            },
        };
        var found = context.WithProgress(
            $"search {file.Spec.Name}",
            progress =>
            {
                var table = project.ReadTable(file.Data, context.Cancellation, progress.Part(0, 0.1));
                var usual = (context.Get(add) ?? []).Select(column => ModelSearch.UsualTerm(table, column));
                return ModelSearch.Terms(
                    file.Spec,
                    table,
                    [.. further, .. usual],
                    options,
                    progress.Part(0.1, 1),
                    context.Cancellation
                );
            }
        );
        var place = found.Terms.Count == 0 ? null : await WriteAsync(context, project, path, file, found);
        context.Output.Write(
            new
            {
                Model = file.Spec.Name,
                Terms = found.Terms.Select(term => term.Name),
                found.Fit.Deviance,
                Degrees = found.Fit.EffectiveDegrees,
                found.Fit.Aic,
                found.Steps,
                Written = place,
                Simulated = project.IsSimulated(file.Data),
            },
            console => Draw(console, found, place)
        );
        return ExitStatus.Passed;
    }

    async Task<string> WriteAsync(CommandContext context, Project project, string path, ModelFile file, TermSearchResult found)
    {
        var place = context.Get(result) ?? Path.Combine(project.Folder, "models", file.Spec.Name + "-found.yaml");
        var yaml = await File.ReadAllTextAsync(path, context.Cancellation);
        var text = ModelFileText.WithTerms(yaml, path, Path.GetFileNameWithoutExtension(place), found.Terms);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(place))!);
        await File.WriteAllTextAsync(place, text, context.Cancellation);
        return place;
    }

    static void Draw(IAnsiConsole console, TermSearchResult found, string? place)
    {
        for (var i = 0; i < found.Steps.Count; i++)
        {
            var step = found.Steps[i];
            var held = step.HeldOut is null ? [] : new[] { "held-out deviance", "its error" };
            var table = Tables.New([$"step {i + 1}", "change of deviance", "degrees", "p", "change of AIC", .. held]);
            foreach (var move in step.Tried)
                table.AddPlainRow([
                    $"{(move.IsAdded ? "+" : "-")} {move.Term}{(move == step.Taken ? "  (taken)" : "")}",
                    SearchOptions.Change(move.DevianceChange),
                    SearchOptions.Change(move.Degrees),
                    Tables.Number(move.PValue),
                    SearchOptions.Change(move.AicChange),
                    .. step.HeldOut is null
                        ? []
                        : new[] { SearchOptions.Change(move.HeldOutChange), Tables.Number(move.HeldOutError) },
                ]);
            console.WriteLine(
                $"deviance {Tables.Number(step.Deviance)} with {Tables.Number(step.Degrees)} degrees of freedom, AIC {Tables.Number(step.Aic)}"
                    + (step.HeldOut is null ? "" : $", held-out deviance {Tables.Number(step.HeldOut)}")
            );
            console.Write(table);
        }
        console.WriteLine(
            $"found: {(found.Terms.Count == 0 ? "no term earns its place" : string.Join(", ", found.Terms.Select(term => term.Name)))}"
        );
        if (place is not null)
            console.WriteLine($"written: {place}");
    }

    static Option<string> Among(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}

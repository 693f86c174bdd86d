using System.CommandLine;
using Halley.Data;
using Halley.Glm;
using Halley.Models;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley search consistency MODEL --by COLUMN</c></summary>
sealed class SearchConsistencyVerb()
    : Verb(
        "consistency",
        "Test whether each term does the same in every year (or region, channel, fold), and show what it does in each."
    )
{
    readonly Argument<string> model = new("model") { Description = "A model file, or the name of a file in models/." };
    readonly Option<string?> by = new("--by")
    {
        Description = "Column whose values are the parts, for example year. Default: folds.",
    };
    readonly Option<int> folds = SearchOptions.Folds();
    readonly Option<string?> key = SearchOptions.Key();

    protected override IEnumerable<Symbol> Symbols => [model, by, folds, key];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var file = project.ReadModelFile(context.Get(model));
        var plan = SearchOptions.PlanOf(context.Get(folds), context.Get(key), file.Spec);
        var found = context.WithProgress(
            $"search {file.Spec.Name}",
            progress =>
                ModelSearch.Consistency(
                    file.Spec,
                    project.ReadTable(file.Data, context.Cancellation, progress.Part(0, 0.2)),
                    context.Get(by),
                    plan,
                    progress.Part(0.2, 1),
                    context.Cancellation
                )
        );
        context.Output.Write(
            new
            {
                Model = file.Spec.Name,
                By = context.Get(by) ?? "fold",
                Terms = found,
                Simulated = project.IsSimulated(file.Data),
            },
            console => Draw(console, found)
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    static void Draw(IAnsiConsole console, IReadOnlyList<TermConsistency> found)
    {
        var tests = Tables.New("term", "fall of deviance", "degrees", "p", "change of AIC");
        foreach (var term in found)
            tests.AddPlainRow(
                term.Term,
                Tables.Number(-term.Test.DevianceChange),
                Tables.Number(term.Test.Degrees),
                Tables.Number(term.Test.PValue),
                SearchOptions.Change(term.Test.AicChange)
            );
        console.Write(tests);
        foreach (var term in found.Where(term => term.Effects.Count > 0))
        {
            string[] parts = [.. term.Effects.Select(effect => effect.Part).Distinct()];
            var table = Tables.New([$"{term.Term} (coefficient, error)", .. parts]);
            foreach (var level in term.Effects.GroupBy(effect => effect.Level))
                table.AddPlainRow([level.Key ?? "slope", .. level.Select(Shown)]);
            console.Write(table);
        }
    }

    static string Shown(PartEffect effect) =>
        effect.StandardError == 0 ? "base"
        : double.IsNaN(effect.StandardError) ? "no row"
        : double.IsInfinity(effect.StandardError) ? "no claim"
        : $"{Tables.Number(effect.Coefficient)} ({Tables.Number(effect.StandardError)})";
}

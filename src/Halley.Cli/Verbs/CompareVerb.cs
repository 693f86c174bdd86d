using System.CommandLine;
using Halley.Data;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley compare A B …</c></summary>
sealed class CompareVerb() : Verb("compare", "Put models of one target side by side on the same held-out rows.")
{
    readonly Argument<string[]> models = new("model")
    {
        Description = "Two or more fitted models, the champion first.",
        Arity = new ArgumentArity(0, 20),
    };
    readonly Option<string?> data = new("--data")
    {
        Description = "Table of data.yaml, or a file. Default: what the first model was fitted on.",
    };

    readonly Option<bool> all = new("--all-rows")
    {
        Description =
            "Measure on every row, whatever the first model's split: for tables made elsewhere; a fitted model has learned from some.",
    };

    protected override IEnumerable<Symbol> Symbols => [models, data, all];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        if (context.Arguments.GetValue(models) is not { Length: > 1 } named)
            throw new HalleyException(
                "HLY7046",
                "a comparison needs two models or more. Name them, the champion first: 'halley compare A B'."
            );
        var fitted = named.Select(project.ReadModel).ToList();
        var source = context.Get(data) ?? project.DataOf(fitted[0]);
        var options = context.Get(all) ? new EvaluationOptions { Part = null } : new();
        var comparison = context.WithProgress(
            "compare",
            progress =>
                ModelComparison.Of(
                    fitted,
                    project.ReadTable(source, context.Cancellation, progress.Part(0, 0.2)),
                    options with
                    {
                        Progress = progress.Part(0.2, 1),
                    },
                    context.Cancellation
                )
        );
        context.Output.Write(
            Documents.With(comparison.ToJson(), project.IsSimulated(source)),
            console =>
            {
                console.Write(Draw(comparison));
                if (comparison.Models[0].Classes is not null)
                    console.Write(ClassTables.SideBySide(comparison));
            }
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    public static Spectre.Console.Table Draw(ModelComparison comparison)
    {
        if (comparison.Models[0].Classes is not null)
            return ClassTables.InShort(comparison);
        var table = Tables.New("model", "learner", "deviance", "Gini", "actual / expected", "deviance against the first");
        foreach (var model in comparison.Models)
        {
            table.AddPlainRow(
                model.Model,
                model.Learner,
                Tables.Number(model.Metrics.FirstOrDefault(metric => metric.Name == "deviance")?.Value),
                Tables.Figure(model.Gini),
                Tables.Figure(model.ActualExpected),
                Tables.Figure(model.AgainstFirst?.Deviance)
            );
        }
        return table;
    }
}

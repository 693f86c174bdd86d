using System.CommandLine;
using Halley.Data;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley evaluate MODEL</c></summary>
sealed class EvaluateVerb() : Verb("evaluate", "Measure a model on rows that it did not learn from.")
{
    readonly Argument<string> model = new("model") { Description = "A fitted model: its name, or the path of its artefact." };
    readonly Option<string?> data = new("--data")
    {
        Description = "Table of data.yaml, or a file. Default: what the model was fitted on.",
    };
    readonly Option<bool> all = new("--all-rows") { Description = "Measure on every row, whatever the model's split." };

    protected override IEnumerable<Symbol> Symbols => [model, data, all];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var fitted = project.ReadModel(context.Get(model));
        var source = context.Get(data) ?? project.DataOf(fitted);
        var options = context.Get(all) ? new EvaluationOptions { Part = null } : new();
        var evaluation = context.WithProgress(
            "evaluate",
            progress =>
                Evaluation.Of(
                    fitted,
                    project.ReadTable(source, context.Cancellation, progress.Part(0, 0.3)),
                    options with
                    {
                        Progress = progress.Part(0.3, 1),
                    },
                    context.Cancellation
                )
        );
        context.Output.Write(
            Documents.With(evaluation.ToJson(), project.IsSimulated(source)),
            console =>
            {
                var table = Tables.New("figure", "value");
                table.AddPlainRow("rows", $"{evaluation.Rows:N0}");
                if (evaluation.Classes is null)
                {
                    table.AddPlainRow("actual / expected", Tables.Figure(evaluation.ActualExpected));
                    table.AddPlainRow("Gini", Tables.Figure(evaluation.Gini));
                }
                foreach (var metric in evaluation.Metrics.Where(metric => metric.Name != "gini"))
                    table.AddPlainRow(metric.Name, Tables.Number(metric.Value));
                console.Write(table);
                if (evaluation.Classes is { } classes)
                {
                    console.Write(ClassTables.EachAgainstTheRest(classes));
                    console.Write(ClassTables.Calibration(classes));
                    console.Write(ClassTables.Confusion(classes));
                    return;
                }
                var lift = Tables.New("band", "exposure", "actual", "expected", "actual / expected");
                foreach (var band in evaluation.Lift)
                    lift.AddPlainRow(
                        $"{band.Band}",
                        Tables.Number(band.Exposure),
                        Tables.Number(band.Actual),
                        Tables.Number(band.Expected),
                        Tables.Figure(band.Ratio)
                    );
                console.Write(lift);
            }
        );
        return Task.FromResult(ExitStatus.Passed);
    }
}

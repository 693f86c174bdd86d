using System.CommandLine;
using System.Globalization;
using Halley.Boosting;
using Halley.Data;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley refit MODEL --data FILE --out NEW</c>: leaves of boosted trees from new rows.</summary>
sealed class RefitVerb()
    : Verb(
        "refit",
        "Bring boosted trees up to date: their cuts stay, the values of their leaves are mixed with those of new rows."
    )
{
    readonly Argument<string> model = new("model") { Description = "A fitted model: its name, or the path of its artefact." };
    readonly Option<string> data = new("--data")
    {
        Description = "The new rows: a table of data.yaml, or a file.",
        Required = true,
    };
    readonly Option<string> result = new("--out")
    {
        Description = "Name of the new model, or path of its artefact.",
        Required = true,
    };
    readonly Option<double> decay = new("--decay")
    {
        Description = "Share of the old values, from 0 (new values alone) to 1 (nothing changes). Default 0.9.",
        DefaultValueFactory = _ => LeafRefit.DefaultDecay,
    };
    readonly Option<bool> allRows = new("--all-rows")
    {
        Description = "Every row counts. Default: the learn and validation rows of the model's split.",
    };

    protected override IEnumerable<Symbol> Symbols => [model, data, result, decay, allRows];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var before = project.ReadModel(context.Get(model));
        var (source, name) = (context.Get(data)!, context.Get(result)!);
        var options = new RefitOptions
        {
            Name = ModelSaving.NameOf(name),
            Decay = context.Get(decay),
            AllRows = context.Get(allRows),
        };
        var started = context.Clock.GetTimestamp();
        var after = context.WithProgress(
            "refit",
            progress =>
                ModelRefit.Of(
                    before,
                    project.ReadTable(source, context.Cancellation, progress.Part(0, 0.3)),
                    options,
                    progress.Part(0.3, 1),
                    context.Cancellation
                )
        );
        var note = string.Create(CultureInfo.InvariantCulture, $"leaves of {before.Name} on new rows, decay {options.Decay}");
        var saved = await ModelSaving.SaveAsync(
            project,
            after,
            name,
            new(RunKind.Refit, source, note, context.Clock.GetElapsedTime(started)),
            context.Cancellation
        );
        var document = new
        {
            Model = after.Name,
            after.Lineage.Refit,
            Data = source,
            Simulated = project.IsSimulated(source),
            after.Metrics,
            Saved = saved,
        };
        context.Output.Write(
            document,
            console =>
                console.WriteLine($"{note}\nwritten to {saved.Path}{(saved.Version is null ? "" : $", version {saved.Version}")}")
        );
        return ExitStatus.Passed;
    }
}

using System.CommandLine;
using System.Globalization;
using Halley.Boosting;
using Halley.Data;
using Halley.Models;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley tune MODEL</c>: settings of a boosted model by cross-validation.</summary>
sealed class TuneVerb()
    : Verb(
        "tune",
        "Look for settings of a boosted model by cross-validation, fit it with the best, and write its file; test rows are not looked at."
    )
{
    const int TrialsShown = 8;

    readonly Argument<string> model = new("model")
    {
        Description = "A model file with learner boosting, or its name in models/.",
    };
    readonly Option<int> trials = new("--trials")
    {
        Description = "Settings to try, the file's own among them. Default 40.",
        DefaultValueFactory = _ => new TuneOptions().Trials,
    };
    readonly Option<int> folds = new("--folds")
    {
        Description = "Folds of the cross-validation. Default 5.",
        DefaultValueFactory = _ => new TuneOptions().Folds,
    };
    readonly Option<int> rounds = new("--rounds")
    {
        Description = "Trees of a trial at most. Default 3,000.",
        DefaultValueFactory = _ => new TuneOptions().MaximumRounds,
    };
    readonly Option<string?> result = new("--out")
    {
        Description = "Model file to write. Default: nothing; the options are printed.",
    };
    readonly Option<string?> note = new("--note") { Description = "What a reader of the ledger should know." };

    protected override IEnumerable<Symbol> Symbols => [model, trials, folds, rounds, result, note];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var source = project.SpecPath("models", context.Get(model));
        var file = project.ReadModelFile(source);
        await using var store = project.OpenStore();
        var warnings = new List<string>();
        var (search, fitted) = await context.WithProgressAsync(
            $"tune {file.Spec.Name}",
            async progress =>
            {
                var (spec, found) = Search(context, project, file, warnings, progress.Part(0, 0.9));
                var text = context.Get(note) ?? $"best of {found.Trials.Count} settings";
                var part = progress.Part(0.9, 1);
                var fit = await ModelFitting.FitAsync(
                    project,
                    file with
                    {
                        Spec = spec,
                    },
                    store,
                    text,
                    part,
                    context.Cancellation,
                    RunKind.Tune
                );
                return (found, fit);
            }
        );
        if (context.Get(result) is { } path)
            await File.WriteAllTextAsync(
                path,
                BoostingYaml.Replace(await File.ReadAllTextAsync(source, context.Cancellation), search.Best.Options),
                context.Cancellation
            );
        var report = new
        {
            fitted.Run,
            fitted.Model,
            fitted.Version,
            Best = search.Best,
            First = search.Trials[0].Deviance,
            search.Trials,
            Warnings = warnings,
            Out = context.Get(result),
        };
        foreach (var warning in warnings)
            context.Output.Say($"warning: {warning}");
        context.Output.Write(
            report,
            console =>
            {
                console.Write(Draw(search));
                console.WriteLine($"fitted as {fitted.Version}, run {fitted.Run}");
                console.WriteLine(BoostingYaml.LineOf(search.Best.Options));
            }
        );
        return ExitStatus.Passed;
    }

    (ModelSpec Spec, BoostingSearchResult Search) Search(
        CommandContext context,
        Project project,
        ModelFile file,
        List<string> warnings,
        IProgress<FitProgress>? progress
    )
    {
        var table = project.ReadTable(file.Data, context.Cancellation, progress.Part(0, 0.05));
        var options = new TuneOptions
        {
            Trials = context.Get(trials),
            Folds = context.Get(folds),
            MaximumRounds = context.Get(rounds),
            OffsetModel = project.OffsetOf(file.Spec),
            Warn = warnings.Add,
        };
        return ModelTuner.Tune(file.Spec, table, options, progress.Part(0.05, 1), context.Cancellation);
    }

    static Spectre.Console.Table Draw(BoostingSearchResult search)
    {
        var table = Tables.New("trial", "deviance", "rounds", "rate", "leaves", "rows a leaf", "l2", "rows", "columns");
        var shown = search.Trials.Where(trial => trial.IsComplete).OrderBy(trial => trial.Deviance).Take(TrialsShown);
        foreach (var trial in shown.Union([search.Trials[0]]))
        {
            var o = trial.Options;
            table.AddPlainRow(
                trial.Number == 1 ? "1 (as given)" : trial.Number.ToString(CultureInfo.InvariantCulture),
                trial.Deviance.ToString("F6", CultureInfo.InvariantCulture),
                trial.Rounds.ToString(CultureInfo.InvariantCulture),
                Tables.Number(o.LearningRate),
                Tables.Number(o.MaximumLeaves),
                Tables.Number(o.MinimumLeafRows),
                Tables.Number(o.L2),
                Tables.Number(o.RowShare),
                Tables.Number(o.ColumnShare)
            );
        }
        return table;
    }
}

using System.CommandLine;
using Halley.Models;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley fit MODEL…</c></summary>
sealed class FitVerb() : Verb("fit", "Fit models: an artefact, a line in the run ledger, and a version in the registry for each.")
{
    readonly Argument<string[]> models = new("model")
    {
        Description = "Model files, or names of files in models/. All of the project's where none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<string?> note = new("--note") { Description = "What a reader of the ledger should know." };

    readonly Option<bool> stream = new("--stream")
    {
        Description =
            "Read the data batch by batch, for files larger than memory: the same model, byte for byte (a penalised one of given strength to 1e-9). For learner glm.",
    };

    readonly Option<string?> temporary = new("--temp")
    {
        Description = "Folder for the temporary files of --stream, about two bytes a row and column; they are gone afterwards.",
    };

    readonly Option<string?> snapshots = new("--snapshots")
    {
        Description =
            "Folder where fits of boosted trees write down how far they have come. A fit that was cut short goes on from there, to the same bytes.",
    };

    readonly Option<double?> sample = new("--sample")
    {
        Description =
            "Learn on this share of the learn rows alone, for example 0.2, for a quick look: what is held out stays the same and whole.",
    };

    readonly Option<int> snapshotRounds = new("--snapshot-rounds")
    {
        Description = "Rounds between two snapshots.",
        DefaultValueFactory = _ => new Boosting.SnapshotOptions("").EveryRounds,
    };

    protected override IEnumerable<Symbol> Symbols => [models, note, stream, temporary, sample, snapshots, snapshotRounds];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var named = context.Arguments.GetValue(models) is { Length: > 0 } given ? given : [.. project.ModelFiles()];
        if (named.Length == 0)
            throw new Data.HalleyException("HLY7016", "there is no model to fit. Name a model file, or write one into models/.");
        await using var store = project.OpenStore();
        var (reports, failures) = (new List<FitReport>(), new List<FitFailure>());
        foreach (var name in named)
        {
            try
            {
                var file = Sampled(project.ReadModelFile(name), context.Get(sample));
                reports.Add(
                    await context.WithProgressAsync(
                        $"fit {file.Spec.Name}",
                        progress =>
                            ModelFitting.FitAsync(
                                project,
                                file,
                                store,
                                context.Get(note),
                                progress,
                                context.Cancellation,
                                streaming: context.Get(stream) ? new(context.Get(temporary)) : null,
                                snapshots: SnapshotsOf(context, file.Spec.Name)
                            )
                    )
                );
            }
            // What is wrong with one model or its data does not concern the others.
            catch (Data.HalleyException fault) when (named.Length > 1 && fault.Kind == Data.FaultKind.BadInput)
            {
                failures.Add(new(Path.GetFileNameWithoutExtension(name), fault.Code, fault.Message));
            }
        }
        context.Output.Write(
            failures.Count == 0 ? reports : FitFailure.Document(failures, reports),
            console => Show(console, reports)
        );
        foreach (var failure in failures)
            context.Output.Messages.MarkupLineInterpolated($"[red]error[/] {failure.Model}: {failure.Message}");
        return failures.Count == 0 ? ExitStatus.Passed : ExitStatus.BadInput;
    }

    /// <summary>The file with a share of its learn rows; as it is without one.</summary>
    static Specs.ModelFile Sampled(Specs.ModelFile file, double? share) =>
        share is null
            ? file
            : file with
            {
                Spec = file.Spec with
                {
                    Split = (file.Spec.Split ?? new RandomSplit { TestShare = 0 }) with { LearnShare = share },
                },
            };

    /// <summary>A folder of its own for each model.</summary>
    Boosting.SnapshotOptions? SnapshotsOf(CommandContext context, string model) =>
        context.Get(snapshots) is { } folder ? new(Path.Combine(folder, model), context.Get(snapshotRounds)) : null;

    static void Show(IAnsiConsole console, List<FitReport> reports)
    {
        if (reports.Count == 0)
            return;
        console.Write(Draw(reports));
        foreach (var report in reports)
            WriteDetails(console, report);
    }

    /// <summary>What the fit itself says: notes, and tests of whole terms.</summary>
    static void WriteDetails(IAnsiConsole console, FitReport report)
    {
        foreach (var note in report.Advice?.Split(Environment.NewLine) ?? [])
            console.WriteLine($"{report.Model}: {note}");
        if (report.TermTests is not { Count: > 0 } tests)
            return;
        var hasRatios = tests.Any(test => test.LikelihoodRatio is not null);
        string[] ratios = hasRatios ? ["deviance without it", "p (likelihood ratio)", "AIC without it"] : [];
        var table = Tables.New([$"terms of {report.Model}", "degrees", "Wald", "p", .. ratios]);
        foreach (var test in tests)
        {
            string[] more = hasRatios
                ? [Change(test.DevianceChange), Tables.Number(test.FPValue ?? test.LikelihoodRatioPValue), Change(test.AicChange)]
                : [];
            table.AddPlainRow([
                test.Term,
                Tables.Number(test.Degrees),
                Tables.Number(test.Wald),
                Tables.Number(test.WaldPValue),
                .. more,
            ]);
        }
        console.Write(table);
    }

    static string Change(double? value) => value > 0 ? $"+{Tables.Number(value)}" : Tables.Number(value);

    public static Table Draw(IReadOnlyList<FitReport> reports)
    {
        var table = Tables.New(
            "run",
            "model",
            "version",
            "learn deviance",
            "test deviance",
            "test Gini",
            "actual / expected",
            "seconds"
        );
        foreach (var report in reports)
        {
            var test = report.Metrics.FirstOrDefault(part => part.Part == DataPart.Test);
            table.AddPlainRow(
                report.Run,
                report.Model,
                report.Version,
                Tables.Number(report.Metrics.FirstOrDefault(part => part.Part == DataPart.Learn)?["deviance"]),
                Tables.Number(test?["deviance"]),
                Tables.Number(test?["gini"]),
                Tables.Number(test is null ? null : test.Actual / test.Predicted),
                Tables.Number(report.Seconds)
            );
        }
        return table;
    }
}

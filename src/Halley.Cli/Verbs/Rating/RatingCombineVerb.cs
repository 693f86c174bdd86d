using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Models;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley rating combine PERIL=FREQUENCY:SEVERITY … --out MODEL</c></summary>
sealed class RatingCombineVerb()
    : Verb(
        "combine",
        "Make one pure-premium table of the frequency and severity models of several perils, refitted on their fitted sum."
    )
{
    const double TotalTolerance = 1e-9;

    readonly Argument<string[]> perils = new("peril")
    {
        Description =
            "PERIL=MODEL:MODEL, the models' predictions multiply; or PERIL=MODEL for a model of the pure premium itself.",
        Arity = new ArgumentArity(1, 50),
    };
    readonly Option<string> result = new("--out")
    {
        Description = "Name of the model in the project, or path of the artefact to write (.hlm).",
        Required = true,
    };
    readonly Option<string> target = new("--target")
    {
        Description = "Claim cost over the exposure, for evaluation.",
        Required = true,
    };
    readonly Option<string?> exposure = new("--exposure")
    {
        Description = "Column of years at risk. Default: the first model's.",
    };
    readonly Option<string> family = new("--family")
    {
        Description = "Distribution of the target, for evaluation.",
        DefaultValueFactory = _ => "tweedie(1.5)",
    };
    readonly Option<string?> data = new("--data")
    {
        Description =
            "Portfolio on which the sum is refitted: a table of data.yaml, or a file. Default: what the first model was fitted on.",
    };

    protected override IEnumerable<Symbol> Symbols => [perils, result, target, exposure, family, data];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var parts = context.Arguments.GetRequiredValue(perils).Select(text => PerilOf(project, text)).ToList();
        var models = parts.SelectMany(peril => peril.Models).ToList();
        var source = context.Get(data) ?? project.DataOf(models[0]);
        var spec = models[0].Spec with
        {
            Name = ModelSaving.NameOf(context.Get(result)!),
            Target = context.Get(target)!,
            Exposure = context.Get(exposure) ?? models[0].Spec.Exposure,
            ExposureUse = ExposureUse.Offset,
            Family = RatingFamily.Of(context.Get(family)!),
            Cap = null,
            Notes = null,
        };
        var started = context.Clock.GetTimestamp();
        var combined = context.WithProgress(
            "combine",
            progress =>
                RatingCombination.Of(
                    parts,
                    spec,
                    ContentHash.Of([
                        .. models.SelectMany(model => Artefact.HashOf(Artefact.ToBytes(model)).Hex).Select(digit => (byte)digit),
                    ]),
                    project.ReadTable(source, context.Cancellation, progress.Part(0, 0.3)),
                    project.DeclaredSchema(source),
                    progress.Part(0.3, 1),
                    context.Cancellation
                )
        );
        if (Math.Abs(combined.Table / combined.Exact - 1) > TotalTolerance)
            throw new HalleyException(
                "HLY7073",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the table adds up to {combined.Table:R} and the models to {combined.Exact:R}. Please report it; nothing was written."
                ),
                FaultKind.CheckFailed
            );
        var saved = await ModelSaving.SaveAsync(
            project,
            combined.Model,
            context.Get(result)!,
            new(
                RunKind.Combine,
                source,
                $"combined: {((RatingLearner)combined.Model.Spec.Learner).Source}",
                context.Clock.GetElapsedTime(started)
            ),
            context.Cancellation
        );
        var document = new
        {
            Model = combined.Model.Name,
            Saved = saved,
            Data = source,
            Simulated = project.IsSimulated(source),
            combined.Exact,
            combined.Table,
            Perils = combined.Perils.Select(peril => new { Peril = peril.Key, Total = peril.Value }),
            combined.Loss,
            combined.Losses,
            combined.Model.Metrics,
        };
        context.Output.Write(document, console => Draw(console, combined, saved));
        return ExitStatus.Passed;
    }

    static void Draw(IAnsiConsole console, RatingCombination combined, SavedImport saved)
    {
        var totals = Tables.New("peril", "total");
        foreach (var peril in combined.Perils)
            totals.AddPlainRow(peril.Key, Tables.Number(peril.Value));
        totals.AddPlainRow("exact sum", combined.Exact.ToString("R", CultureInfo.InvariantCulture));
        totals.AddPlainRow("table", combined.Table.ToString("R", CultureInfo.InvariantCulture));
        console.Write(totals);
        var drawn = Tables.New("factor", "levels' totals off by", "loss", "together with", "worst cell", "difference there");
        foreach (var loss in combined.Losses.OrderByDescending(loss => loss.Loss))
            drawn.AddPlainRow(
                loss.Factor,
                loss.Marginal.ToString("P4", CultureInfo.InvariantCulture),
                loss.Loss.ToString("P3", CultureInfo.InvariantCulture),
                loss.Partner ?? "–",
                loss.WorstCell ?? "–",
                loss.WorstDifference.ToString("P2", CultureInfo.InvariantCulture)
            );
        console.Write(drawn);
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{combined.Loss:P2} of the total is on other rows than in the exact sum\nwritten to {saved.Path}"
            ) + (saved.Version is null ? "" : $", version {saved.Version}")
        );
    }

    static RatingPeril PerilOf(Project project, string text)
    {
        var parts = text.Split('=', 2);
        if (parts is not [{ Length: > 0 } name, { Length: > 0 } models] || models.Split(':').Any(model => model.Length == 0))
            throw new HalleyException(
                "HLY7072",
                $"{text}: write PERIL=FREQUENCY:SEVERITY, for example theft=theft-count:theft-cost."
            );
        return new(name, [.. models.Split(':').Select(project.ReadModel)]);
    }
}

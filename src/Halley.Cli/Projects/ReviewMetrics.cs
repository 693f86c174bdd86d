using Halley.Data;
using Halley.Models;
using Halley.Registry;
using Halley.Reports;

namespace Halley.Cli;

/// <summary>The models of a release beside those of the champion, on rows that are held out.</summary>
static class ReviewMetrics
{
    static readonly string[] Head = ["model", "metric", "champion", "this release", "difference (95 % interval)"];

    public static (ReviewSection Section, bool Simulated) Of(
        Project project,
        LoadedRelease? before,
        LoadedRelease after,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var (rows, notes, simulated) = (new List<IReadOnlyList<string>>(), new List<string>(), false);
        foreach (var (place, use) in after.Definition.Models.Index())
        {
            var model = after.Models[use.Reference];
            if (model.Spec.Split?.LearnShare is { } share)
                notes.Add(Share(use.Alias, share));
            if (project.FindData(model) is not { } data)
            {
                notes.Add($"{use.Alias}: no run of this project made {model.Name}, so that it is not measured.");
                continue;
            }
            simulated |= project.IsSimulated(data);
            var earlier = before?.Definition.Models.FirstOrDefault(one => one.Alias == use.Alias);
            var champion = earlier is null ? null : before!.Models[earlier.Reference];
            if (champion is not null && champion.Lineage == model.Lineage)
                notes.Add($"{use.Alias}: the champion's own model.");
            var table = project.ReadTable(data, cancellation);
            var part = progress.Part(
                (double)place / after.Definition.Models.Count,
                (place + 1.0) / after.Definition.Models.Count
            );
            rows.AddRange(Lines(use.Alias, champion, model, table, notes, new() { Progress = part }, cancellation));
        }
        var words = string.Join(" ", notes.Prepend("On the rows that are held out from learning."));
        return (new("Metrics against the champion", Head, rows, words), simulated);
    }

    static string Share(string alias, double share) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{alias}: learned on {100 * share:0.##} % of the learn rows, so that a small loss against a champion of all rows is usual."
        );

    static IEnumerable<IReadOnlyList<string>> Lines(
        string alias,
        FittedModel? champion,
        FittedModel model,
        Table table,
        List<string> notes,
        EvaluationOptions options,
        CancellationToken cancellation
    )
    {
        if (champion is null)
            return Alone(alias, Evaluation.Of(model, table, options, cancellation));
        if (!SplitsAlike(champion.Spec, model.Spec))
            notes.Add(
                $"{alias}: the two split rows in other ways, and this one may have learned from rows held out from the champion."
            );
        try
        {
            return Beside(alias, ModelComparison.Of([champion, model], table, options, cancellation));
        }
        // Another target, or data without the champion's columns: told, and measured alone.
        catch (HalleyException fault) when (fault.Kind == FaultKind.BadInput)
        {
            notes.Add($"{alias}: not comparable with the champion's model ({fault.Message})");
            return Alone(alias, Evaluation.Of(model, table, options, cancellation));
        }
    }

    /// <summary>By the hash of one spec with either split: lists in them are equal by what they hold.</summary>
    static bool SplitsAlike(ModelSpec one, ModelSpec other)
    {
        var all = new RandomSplit { TestShare = 0 };
        return one.Seed == other.Seed && Hash(one.Split) == Hash(other.Split);

        ContentHash Hash(SplitSpec? split) => (one with { Split = (split ?? all) with { LearnShare = null } }).Hash();
    }

    static IEnumerable<IReadOnlyList<string>> Alone(string alias, Evaluation evaluation) =>
        evaluation.Metrics.Select(metric => (IReadOnlyList<string>)[alias, metric.Name, "–", Tables.Number(metric.Value), "–"]);

    static IEnumerable<IReadOnlyList<string>> Beside(string alias, ModelComparison comparison)
    {
        var (first, second) = (comparison.Models[0], comparison.Models[1]);
        foreach (var metric in second.Metrics)
        {
            var before = first.Metrics.FirstOrDefault(one => one.Name == metric.Name);
            yield return
            [
                alias,
                metric.Name,
                Tables.Number(before?.Value),
                Tables.Number(metric.Value),
                Tables.Figure(DifferenceOf(second.AgainstFirst, metric.Name)),
            ];
        }
    }

    static Figure? DifferenceOf(PairedDifference? difference, string metric) =>
        metric switch
        {
            "deviance" => difference?.Deviance,
            "gini" => difference?.Gini,
            "logLoss" => difference?.LogLoss,
            "brier" => difference?.Brier,
            "accuracy" => difference?.Accuracy,
            _ => null,
        };
}

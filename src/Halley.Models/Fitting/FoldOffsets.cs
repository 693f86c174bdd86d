using System.Globalization;

namespace Halley.Models;

/// <summary>Scores of the model below where rows are held out fold by fold: that model is fitted again without each fold.</summary>
/// <remarks>
/// Its scores of rows that it has learned from are closer to their targets than those of new rows. Held out rows with such scores would
/// make every setting look better than it is, and trees that learn nothing best of all.
/// </remarks>
static class FoldOffsets
{
    /// <summary>Rows with the score of the model below, as it is in each fold.</summary>
    /// <param name="source">The data as they came.</param>
    /// <param name="rows">The rows that folds are of, as prepared.</param>
    /// <param name="sourceRows">Row of the data that each of them is, shape (n).</param>
    /// <param name="folds">The fold that holds each of them out, shape (n).</param>
    /// <param name="kept">Rows of the data that nothing may learn from.</param>
    /// <param name="warn">Told why the model is used as it is, where it is.</param>
    /// <returns>Shape (folds)(n); null where the model's own scores stand in every fold.</returns>
    public static IReadOnlyList<Table>? Of(
        FittedModel below,
        Table source,
        Table rows,
        int[] sourceRows,
        IReadOnlyList<int> folds,
        IReadOnlyCollection<int> kept,
        Action<string>? warn,
        int threads,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (ReasonAgainst(below, source) is { } reason)
        {
            warn?.Invoke(
                $"'{below.Name}' is used as it is in every fold: {reason}. Where it has learned from these rows, held-out figures are too good and "
                    + "trees too few. Remedy: fit it by a model file on the same data, or on rows that the folds have not."
            );
            return null;
        }
        var (count, tables) = (folds.Max() + 1, new List<Table>());
        try
        {
            for (var fold = 0; fold < count; fold++)
            {
                progress?.Report(new("fitting the offset without a fold", (double)fold / count, below.Name));
                var without = kept.Concat(sourceRows.Where((_, row) => folds[row] == fold)).ToHashSet();
                int[] learned = [.. Enumerable.Range(0, source.RowCount).Where(row => !without.Contains(row))];
                var again = FittedAgain(below, source.Take(learned), threads, cancellation);
                tables.Add(OffsetModels.Scored(again, rows, source.Take(sourceRows), cancellation, sourceRows));
            }
        }
        catch (HalleyException problem)
        {
            warn?.Invoke(
                $"'{below.Name}' is used as it is in every fold, for it can't be fitted without one: {problem.Message} Held-out figures are too good "
                    + "and trees too few. Remedy: rules for levels that only one fold has, or larger folds."
            );
            return null;
        }
        return tables;
    }

    /// <summary>
    /// What a reader of the figures has to know where a model below has learned from rows that a fit holds out: from test rows, or, where it has
    /// trees, which know their rows by heart, from validation rows. Null where none has, or nobody can tell.
    /// </summary>
    /// <param name="source">The data as they came.</param>
    /// <param name="data">As prepared for the fit.</param>
    public static string? SeenHeldOut(FittedModel below, Table source, PreparedData data)
    {
        for (var model = below; model is not null; model = model.OffsetModel)
        {
            if (ReasonAgainst(model, source, alone: true) is not null)
                continue;
            DataPart[] asked = model.Spec.Learner is BoostingLearner ? [DataPart.Validation, DataPart.Test] : [DataPart.Test];
            var learned = PreparedData.Of(model.Spec, source).SourceRowsOf(DataPart.Learn).ToHashSet();
            var held = data.SourceRowsOf(asked);
            if (held.Count(learned.Contains) is var seen and > 0)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{model.Name}', below this model, has learned from {seen:N0} of the {held.Length:N0} rows that this fit holds out: figures on them, and rounds that they choose, are too good. Give both models the same split and seed."
                );
        }
        return null;
    }

    /// <summary>Why a model can't be fitted again on a part of these data; null where it can.</summary>
    /// <param name="alone">Whether the models below it do not matter.</param>
    static string? ReasonAgainst(FittedModel model, Table source, bool alone = false)
    {
        if (model.Spec.Learner is not (GlmLearner or BoostingLearner))
            return $"its learner is {model.Spec.Learner.Name}, which no fit made";
        if (!ModelFitter.ColumnsOf(model.Spec).All(source.Has))
            return "these data lack columns that it was fitted on";
        if (ModelFitter.FingerprintOf(model.Spec, source) != model.Lineage.DataFingerprint)
            return "it was fitted on other data";
        if (alone || model.Spec.OffsetModel is not { } offset)
            return null;
        return model.OffsetModel is { } below
            ? ReasonAgainst(below, source)
            : $"the rating table of '{offset.Model}' is a part of it, and can't be told apart";
    }

    /// <summary>The same spec on other rows, all of them learned from; trees as many as there are.</summary>
    static FittedModel FittedAgain(FittedModel model, Table rows, int threads, CancellationToken cancellation)
    {
        var below = model.OffsetModel is { } lower ? FittedAgain(lower, rows, threads, cancellation) : null;
        var spec = model.Spec with { Split = null };
        if (spec.OffsetModel is { } offset)
            spec = spec with { OffsetModel = offset with { Hash = null, Features = [] } };
        if (spec.Learner is BoostingLearner learner)
        {
            var rounds = (int)(model.Metrics[0]["rounds"] ?? learner.Options.Rounds);
            spec = spec with
            {
                Learner = learner with
                {
                    Options = learner.Options with { Rounds = Math.Max(1, rounds), AutomaticRounds = false },
                },
            };
        }
        return ModelFitter.Fit(spec, rows, options: new() { Threads = threads, OffsetModel = below }, cancellation: cancellation);
    }
}

using Halley.Boosting;

namespace Halley.Models;

/// <summary>Looks for settings of a boosted model by cross-validation on its learn and validation rows; test rows are never looked at.</summary>
public static class ModelTuner
{
    /// <summary>Searches. Same spec, data and options give the same trials on any number of threads.</summary>
    /// <returns>The spec with the best settings, and every trial.</returns>
    /// <exception cref="HalleyException">HLY3411: not a boosted model; HLY2231: options that can't be used; else as a fit.</exception>
    public static (ModelSpec Spec, BoostingSearchResult Search) Tune(
        ModelSpec spec,
        Table table,
        TuneOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        spec.EnsureValid();
        if (spec.Learner is not BoostingLearner learner)
            throw new HalleyException(
                "HLY3411",
                $"model '{spec.Name}' has the learner {spec.Learner.Name}; settings are searched for boosting. The strength of a GLM's penalty is chosen by its own 'path'."
            );
        if (options.Folds is < 2 or > 100)
            throw new HalleyException("HLY2231", $"settings can't be searched: {options.Folds} folds are outside 2 to 100.");
        // 1. Every row but those kept for the test.
        progress?.Report(new("preparing", 0));
        DataPart[] searched = [DataPart.Learn, DataPart.Validation];
        var filled = OffsetModels.Filled(spec, options.OffsetModel);
        filled = ClassTargets.Filled(filled, () => PreparedData.LearnRows(filled, table));
        var data = PreparedData.Of(filled, table);
        var rows = data.PartsOf(searched);
        // 2. Rows of one customer stay together, as in the spec's split.
        var folds = RowSplit.Folds(rows, spec.Split?.Keys ?? [], options.Folds, spec.Seed);
        // 3. A model below is fitted again without each fold, or its scores would have seen the rows held out.
        var set = data.TrainingSet(rows, validation: null);
        IReadOnlyList<Table>? foldRows = null;
        if (OffsetModels.Below(spec, options.OffsetModel) is { } below)
        {
            foldRows = FoldOffsets.Of(
                below,
                table,
                rows,
                data.SourceRowsOf(searched),
                folds,
                data.SourceRowsOf(DataPart.Test),
                options.Warn,
                options.Threads,
                progress.Part(0, 0.2),
                cancellation
            );
            set = set with
            {
                Learn = OffsetModels.Scored(below, rows, data.SourceOf(searched, table), cancellation),
                Offset = OffsetModels.ScoreColumn,
            };
        }
        // 4. The search.
        var told = (BoostingLearner)filled.Learner.ToldBy(filled);
        var search = new BoostingSearch(
            told.Options,
            new()
            {
                Trials = options.Trials,
                MaximumRounds = options.MaximumRounds,
                Seed = spec.Seed,
                Threads = options.Threads,
            }
        )
        {
            FoldRows = foldRows,
        };
        var found = search.Run(set, folds, foldRows is null ? progress : progress.Part(0.2, 1), cancellation);
        return (spec with { Learner = learner with { Options = found.Best.Options } }, found);
    }
}

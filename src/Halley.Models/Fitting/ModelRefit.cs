using Halley.Boosting;

namespace Halley.Models;

/// <summary>A boosted model brought up to date: its trees as they are, their leaves from new rows.</summary>
public static class ModelRefit
{
    /// <summary>Refits. Same model, data and options give the same bytes on any number of threads.</summary>
    /// <param name="table">New rows, with all that a fit reads.</param>
    /// <exception cref="HalleyException">HLY3482: the model has no boosted trees of its own; HLY2265: they can't be refitted; HLY34xx: as a fit that meets these data.</exception>
    public static FittedModel Of(
        FittedModel model,
        Table table,
        RefitOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (model.Spec.Learner is not BoostingLearner || model.Scorer is not TreeEnsemble trees)
            throw new HalleyException(
                "HLY3482",
                $"model '{model.Name}' has the learner {model.Spec.Learner.Name}; only leaves of boosted trees that Halley grew are fitted to new rows. Fit it anew."
            );
        // 1. The spec, with the family's own parameter as the model has it.
        var spec = model.Spec with
        {
            Name = options.Name,
        };
        spec.EnsureValid();
        var told = (BoostingLearner)spec.Learner.ToldBy(spec with { Family = model.Family });
        // 2. The rows, as the model reads them.
        progress?.Report(new("preparing", 0));
        DataPart[] parts = [DataPart.Learn, DataPart.Validation];
        var data = PreparedData.Of(options.AllRows ? spec with { Split = null } : spec, table);
        var (rows, source) = (data.PartsOf(parts), data.SourceOf(parts, table));
        RowCauses.RefuseUnseen(model, source, sourceRows: null);
        var inputs = ScorerRows.Of(model, source, cancellation);
        var set = data.TrainingSet(rows, validation: null);
        if (model.OffsetModel is { } below)
            set = set with { Learn = OffsetModels.Scored(below, rows, source, cancellation), Offset = OffsetModels.ScoreColumn };
        // 3. The leaves.
        var refit = new LeafRefit(told.Options, options.Decay) { Threads = options.Threads };
        var scorer = refit.Fit(trees, set, inputs, progress, cancellation);
        // 4. What the model says of itself, its figures, and its check rows.
        var header = model.Header with
        {
            Spec = spec,
            TargetFactor = data.TargetFactor,
            Lineage = LineageOf(model, spec, table, options),
        };
        var scored = new FittedModel(header, scorer, checkRows: null, model.OffsetModel);
        var metrics = Enum.GetValues<DataPart>()
            .Where(part => data.CountOf(part) > 0)
            .Select(part => PartMetricsCalculator.Of(scored, data, table, part, options.Threads, cancellation))
            .ToList();
        return new(header with { Metrics = metrics }, scorer, CheckRowMaker.Make(scored), model.OffsetModel);
    }

    static Lineage LineageOf(FittedModel model, ModelSpec spec, Table table, RefitOptions options) =>
        new()
        {
            SpecHash = spec.Hash().Hex,
            DataFingerprint = ModelFitter.FingerprintOf(options.AllRows ? spec with { Split = null } : spec, table),
            CodeVersion = CodeVersion.Current,
            Seed = spec.Seed,
            Refit = new()
            {
                Model = model.Name,
                Hash = Artefact.HashOf(Artefact.ToBytes(model)).Hex,
                DataFingerprint = model.Lineage.DataFingerprint,
                Decay = options.Decay,
            },
        };
}

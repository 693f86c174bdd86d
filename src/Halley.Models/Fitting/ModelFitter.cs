using Halley.Boosting;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>From spec and data to a fitted model.</summary>
public static partial class ModelFitter
{
    /// <summary>Fits. Same spec, data and code give the same artefact, byte for byte, on any number of threads.</summary>
    /// <param name="declared">The project's schema, which adds units, descriptions and ranges to the model's inputs; null for none.</param>
    /// <param name="options">Threads, what stands in the lineage, and the model that the spec stands on.</param>
    /// <exception cref="HalleyException">HLY3001: a bad spec; HLY34xx: data that do not fit it; HLY1xxx, HLY2xxx: from data and learner.</exception>
    public static FittedModel Fit(
        ModelSpec spec,
        Table table,
        Schema? declared = null,
        FitOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        // 1. The spec is checked before any work.
        spec.EnsureValid();
        spec = OffsetModels.Filled(spec, options.OffsetModel);
        spec = ClassTargets.Filled(spec, () => PreparedData.LearnRows(spec, table));
        return FitBy(
            spec,
            WithSnapshots(spec, spec.Learner.CreateTrainer(spec, options.Threads), options.Snapshots),
            table,
            table,
            declared,
            options,
            progress,
            cancellation
        );
    }

    static ITrainer WithSnapshots(ModelSpec spec, ITrainer trainer, SnapshotOptions? snapshots)
    {
        if (snapshots is null)
            return trainer;
        if (trainer is not BoostingTrainer boosting)
            throw new HalleyException(
                "HLY3479",
                $"model '{spec.Name}': only a fit of boosted trees takes snapshots, and its learner is {spec.Learner.Name}. Leave them out."
            );
        return new BoostingTrainer(boosting.Options)
        {
            Custom = boosting.Custom,
            Threads = boosting.Threads,
            Snapshots = snapshots,
        };
    }

    /// <summary>As <see cref="Fit"/>, with a trainer that is given.</summary>
    /// <param name="source">The data as they came: what the lineage's fingerprint is taken of.</param>
    internal static FittedModel FitBy(
        ModelSpec spec,
        ITrainer trainer,
        Table table,
        Table source,
        Schema? declared,
        FitOptions options,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        // 2. Filter, derived features, roles, parts.
        progress?.Report(new("preparing", 0));
        var data = PreparedData.Of(spec, table);
        var learn = data.Part(DataPart.Learn);
        var validation = data.CountOf(DataPart.Validation) == 0 ? null : data.Part(DataPart.Validation);
        // 3. The learner.
        if (spec.OffsetModel is not null && options.OffsetModel is { } offsetModel)
            trainer = OffsetModels.Over(trainer, offsetModel, data, table);
        var outcome = trainer.Fit(data.LearnSet(learn, validation), progress, cancellation);
        // 4. What the model says of itself.
        progress?.Report(new("measuring", 0));
        var inputs = InputSchema.Of(spec, data.Table, declared, withExposure: true);
        var facts = new DataFacts(FingerprintOf(spec, source), data.TargetFactor, Profiles(spec, inputs, learn));
        var header = HeaderOf(spec, inputs, outcome, facts, options);
        // 5. Rows by which every later load checks itself, and the figures on each part.
        var below = OffsetModels.Below(spec, options.OffsetModel);
        var scored = new FittedModel(header, outcome.Scorer, checkRows: null, below);
        var metrics = Enum.GetValues<DataPart>()
            .Where(part => data.CountOf(part) > 0)
            .Select(part => PartMetricsCalculator.Of(scored, data, table, part, options.Threads, cancellation))
            .ToList();
        metrics[0] = metrics[0] with { Values = [.. metrics[0].Values, .. FitMetrics.Of(outcome)] };
        return new(header with { Metrics = metrics }, outcome.Scorer, CheckRowMaker.Make(scored), below);
    }

    /// <summary>Fingerprint of the columns that a fit of this spec reads: equal for data that give the same fit.</summary>
    public static string FingerprintOf(ModelSpec spec, Table table) =>
        TableFingerprint.Of(table.Select(PreparedData.UsedColumns(spec, table)));

    /// <summary>Names of the columns that a fit of this spec reads, sorted.</summary>
    /// <exception cref="HalleyException">HLY3001: a bad spec; HLY12xx: a bad expression.</exception>
    public static IReadOnlyList<string> ColumnsOf(ModelSpec spec)
    {
        spec.EnsureValid();
        return PreparedData.ColumnsOf(spec);
    }

    /// <summary>The rows that a fit of this spec keeps for the test, as they come in the table.</summary>
    /// <exception cref="HalleyException">As a fit that meets these data.</exception>
    public static Table TestRows(ModelSpec spec, Table table) => PreparedData.Of(spec, table).SourceOf(DataPart.Test, table);

    /// <summary>What a model says of itself, but for its figures on each part.</summary>
    internal static ModelHeader HeaderOf(
        ModelSpec spec,
        Schema inputs,
        FitOutcome outcome,
        DataFacts facts,
        FitOptions options
    ) =>
        new()
        {
            Spec = spec,
            Inputs = inputs,
            FittedFamily = FittedFamilyOf(spec, outcome),
            Link = spec.LinkInUse,
            ScorerFormat = ScorerFormats.For(outcome.Scorer).Name,
            Converged = outcome.Converged,
            Advice = outcome.Advice,
            Metrics = [],
            TargetFactor = facts.TargetFactor,
            Lineage = new()
            {
                SpecHash = spec.Hash().Hex,
                DataFingerprint = facts.Fingerprint,
                CodeVersion = options.CodeVersion ?? CodeVersion.Current,
                Seed = spec.Seed,
            },
            Profiles = facts.Profiles,
            Relativities = RelativityTable.Of(outcome),
            // A figure that is none, such as a test without degrees of freedom, has no place in a file.
            TermTests = (outcome as GlmFit)?.TermTests.Where(test => double.IsFinite(test.Wald + test.WaldPValue)).ToList(),
            Smooths = (outcome as GlmFit)?.Smooths,
            Penalty = (outcome as GlmFit)?.Penalty,
            Importance = ImportanceTable.Of(outcome),
        };

    /// <summary>The family with its parameter estimated; null where the spec gives it in full.</summary>
    static Family? FittedFamilyOf(ModelSpec spec, FitOutcome outcome) =>
        outcome switch
        {
            GlmFit fit => fit.Shape?.Family,
            BoostingFit fit when spec.Family.IsShapeEstimated => fit.FittedFamily,
            _ => null,
        };

    static List<FeatureProfile> Profiles(ModelSpec spec, Schema inputs, Table learn)
    {
        var weights = ProfileWeights(spec, learn);
        return [.. Profiled(inputs).Select(name => FeatureProfiler.Of(learn[name], weights))];
    }

    /// <summary>Inputs that get a profile.</summary>
    internal static IEnumerable<string> Profiled(Schema inputs) =>
        inputs.Fields.Where(field => field.Role != Role.Exposure).Select(field => field.Name);

    /// <summary>How much each row counts in profiles, shape (n).</summary>
    internal static double[] ProfileWeights(ModelSpec spec, Table learn)
    {
        if (spec.Exposure is not null)
            return learn.Exposure(spec.Exposure).Years.ToArray();
        var ones = new double[learn.RowCount];
        Array.Fill(ones, 1);
        return ones;
    }
}

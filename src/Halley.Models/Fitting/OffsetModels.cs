using Halley.Boosting;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Fits on top of another model, so that a single artefact serves both.</summary>
/// <remarks>
/// Under a GLM the other model's rating table becomes part of the new one. Under boosted trees the other model stays as it is, whatever its
/// learner: its artefact is a part of the new one, and it scores each row from the caller's fields by its own rules and derived features.
/// </remarks>
static class OffsetModels
{
    /// <summary>Column with the other model's score, while fitting.</summary>
    public const string ScoreColumn = "(offset model)";

    /// <summary>Models that stand on one another at most.</summary>
    public const int MostLayers = 8;

    /// <summary>The spec with what the other model reads: features, and for a GLM derived features and rules.</summary>
    /// <exception cref="HalleyException">HLY3477: the model is not given or another one; HLY3478: the two do not go together.</exception>
    public static ModelSpec Filled(ModelSpec spec, FittedModel? model)
    {
        if (spec.OffsetModel is not { } offset)
            return spec;
        if (model is null || model.Name != offset.Model)
            throw new HalleyException(
                "HLY3477",
                $"model '{spec.Name}' stands on model '{offset.Model}', and {(model is null ? "none was given" : $"'{model.Name}' was given")}. Fit it where '{offset.Model}' is."
            );
        var hash = Artefact.HashOf(Artefact.ToBytes(model)).Hex;
        if (offset.Hash is { } known && known != hash)
            throw new HalleyException(
                "HLY3477",
                $"model '{spec.Name}' was fitted on '{offset.Model}' {known[..12]}, and this one is {hash[..12]}. Give the one that it was fitted on."
            );
        if (spec.Learner is BoostingLearner)
            return OverWhole(spec, offset with { Hash = hash }, model);
        var (table, problems) = (RatingModels.TableOf(model), new List<string>());
        if (model.Spec.Offset is { } column)
            problems.Add($"'{model.Name}' adds the column '{column}' itself");
        if (spec.LinkInUse.Function != LinkFunction.Log)
            problems.Add($"the link is {spec.LinkInUse}, where a rating table needs the log link");
        var derived = Joined(model.Spec.Derived, spec.Derived, own => own.Name, "derive", problems);
        var shared = ModelInputs.ColumnsFor(spec, spec.Learner.FeatureNames).ToHashSet(StringComparer.Ordinal);
        // Its line for unknown levels is of no use where the new terms have none.
        var rules = model
            .Spec.Rules.Select(rule => shared.Contains(rule.Name) && IsUnknownLine(rule) ? rule with { WhenUnseen = null } : rule)
            .Where(rule => rule is not { WhenMissing: null, WhenUnseen: null });
        var joined = Joined(rules, spec.Rules, own => own.Name, "have rules for", problems);
        ThrowIfAny(spec, model, problems);
        return spec with
        {
            Derived = derived,
            Rules = joined,
            OffsetModel = offset with { Hash = hash, Features = table.Columns },
        };
    }

    /// <summary>Why boosted trees can't stand on a model, each a part of a sentence; empty where they can.</summary>
    public static IReadOnlyList<string> ProblemsOf(ModelSpec spec, FittedModel model)
    {
        var problems = new List<string>();
        if (model.Spec.Offset is { } column)
            problems.Add($"'{model.Name}' adds the column '{column}' itself");
        if (model.Link != spec.LinkInUse)
            problems.Add($"its link is {model.Link}, and that of '{spec.Name}' is {spec.LinkInUse}");
        if (LayersOf(model) >= MostLayers)
            problems.Add($"{MostLayers} models would stand under '{spec.Name}', and at most {MostLayers - 1} can");
        foreach (var name in model.ScoreInputs.Fields.Select(field => field.Name))
        {
            if (RoleOf(spec, name) is { } role)
                problems.Add($"'{model.Name}' reads '{name}', which is the {role} of '{spec.Name}'");
            else if (spec.Derived.Any(derived => derived.Name == name))
                problems.Add($"'{model.Name}' reads the column '{name}', and '{spec.Name}' derives a feature of that name");
        }
        return problems;
    }

    /// <summary>The model that a fitted one keeps whole below its own scorer; null where there is none.</summary>
    public static FittedModel? Below(ModelSpec spec, FittedModel? model) =>
        spec is { OffsetModel: not null, Learner: BoostingLearner } ? model : null;

    static ModelSpec OverWhole(ModelSpec spec, ModelOffset offset, FittedModel model)
    {
        ThrowIfAny(spec, model, ProblemsOf(spec, model));
        return spec with { OffsetModel = offset with { Features = [.. model.ScoreInputs.Fields.Select(field => field.Name)] } };
    }

    static void ThrowIfAny(ModelSpec spec, FittedModel model, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY3478",
                $"model '{spec.Name}' can't stand on '{model.Name}': {string.Join("; ", problems)}. Give both one meaning, or offset by a column."
            );
    }

    static int LayersOf(FittedModel model) => 1 + (model.OffsetModel is { } below ? LayersOf(below) : 0);

    static string? RoleOf(ModelSpec spec, string name) =>
        name == spec.Target ? "target"
        : name == spec.Exposure ? "exposure"
        : name == spec.Weight ? "weight"
        : null;

    /// <summary>A trainer that offsets by the other model's score, and adds the table of a model under a GLM to the fitted scorer.</summary>
    /// <param name="source">The table that was prepared.</param>
    public static ITrainer Over(ITrainer trainer, FittedModel model, PreparedData data, Table source) =>
        new Trainer(trainer, model, data, source);

    sealed class Trainer(ITrainer trainer, FittedModel model, PreparedData data, Table source) : ITrainer
    {
        public FitOutcome Fit(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation)
        {
            progress?.Report(new("scoring the offset", 0, model.Name));
            var warnings = new List<string?> { FoldOffsets.SeenHeldOut(model, source, data) };
            var outcome = ByFolds(set, warnings.Add, progress, cancellation)
                .Fit(
                    set with
                    {
                        Learn = ScoredPart(set.Learn, DataPart.Learn, cancellation),
                        Validation = set.Validation is null
                            ? null
                            : ScoredPart(set.Validation, DataPart.Validation, cancellation),
                        Offset = ScoreColumn,
                    },
                    progress,
                    cancellation
                );
            if (warnings.OfType<string>().ToList() is { Count: > 0 } told)
                outcome = outcome with
                {
                    Advice = string.Join(Environment.NewLine, told.Prepend(outcome.Advice).OfType<string>()),
                };
            return outcome.Scorer is GlmScorer ? Joined(outcome, model) : outcome;
        }

        /// <summary>The trainer; where it holds out folds, told the model's scores in each of them.</summary>
        ITrainer ByFolds(
            TrainingSet set,
            Action<string> warn,
            IProgress<FitProgress>? progress,
            CancellationToken cancellation
        ) =>
            trainer is not BoostingTrainer { Options.AutomaticRounds: true } boosting || set.Validation is not null
                ? trainer
                : new BoostingTrainer(boosting.Options)
                {
                    Custom = boosting.Custom,
                    Threads = boosting.Threads,
                    Snapshots = boosting.Snapshots,
                    FoldRows = folds =>
                        FoldOffsets.Of(
                            model,
                            source,
                            set.Learn,
                            data.SourceRowsOf(DataPart.Learn),
                            folds,
                            data.SourceRowsOf(DataPart.Test),
                            warn,
                            boosting.Threads,
                            progress,
                            cancellation
                        ),
                };

        Table ScoredPart(Table rows, DataPart part, CancellationToken cancellation) =>
            Scored(model, rows, data.SourceOf(part, source), cancellation, data.SourceRowsOf(part));
    }

    /// <summary>Prepared rows with the other model's score beside them.</summary>
    /// <param name="source">The same rows as they came.</param>
    /// <param name="sourceRows">Row of the data that each row is, for messages, shape (n); null where it is not known.</param>
    public static Table Scored(
        FittedModel model,
        Table rows,
        Table source,
        CancellationToken cancellation,
        int[]? sourceRows = null
    )
    {
        var scores = model.PredictRows(source, sourceRows, PredictMode.Raw, 0, null, cancellation).Values.ToArray();
        return rows.With(new NumericColumn(ScoreColumn, scores));
    }

    /// <summary>What was fitted on top of a model, with that model's table in its scorer.</summary>
    public static FitOutcome Joined(FitOutcome outcome, FittedModel model) =>
        outcome with
        {
            Scorer = RatingSum.Of((GlmScorer)outcome.Scorer, RatingModels.TableOf(model), model.Name),
        };

    static bool IsUnknownLine(FeatureRule rule) => rule.WhenUnseen is { Action: ValueAction.Replace, Value: RatingAxis.Unknown };

    /// <summary>Those of the other model first; two of one name must be the same.</summary>
    static List<T> Joined<T>(
        IEnumerable<T> first,
        IEnumerable<T> second,
        Func<T, string> nameOf,
        string what,
        List<string> problems
    )
        where T : class
    {
        var joined = first.ToList();
        foreach (var own in second)
        {
            var other = joined.Find(known => nameOf(known) == nameOf(own));
            if (other is null)
                joined.Add(own);
            else if (!other.Equals(own))
                problems.Add($"they {what} '{nameOf(own)}' in two ways");
        }
        return joined;
    }
}

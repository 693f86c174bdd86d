using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Fits on top of another model: its table becomes part of the new one, so that a single artefact serves both.</summary>
static class OffsetModels
{
    /// <summary>Column with the other model's score, while fitting.</summary>
    public const string ScoreColumn = "(offset model)";

    /// <summary>The spec with what the other model reads: features, derived features and rules.</summary>
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
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY3478",
                $"model '{spec.Name}' can't stand on '{model.Name}': {string.Join("; ", problems)}. Give both one meaning, or offset by a column."
            );
        return spec with
        {
            Derived = derived,
            Rules = joined,
            OffsetModel = offset with { Hash = hash, Features = table.Columns },
        };
    }

    /// <summary>A trainer that adds the other model's score to the offset of the learn rows, and its table to the fitted scorer.</summary>
    /// <param name="source">The learn rows as they came.</param>
    public static ITrainer Over(ITrainer trainer, FittedModel model, Table source) => new Trainer(trainer, model, source);

    sealed class Trainer(ITrainer trainer, FittedModel model, Table source) : ITrainer
    {
        public FitOutcome Fit(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation)
        {
            progress?.Report(new("scoring the offset", 0, model.Name));
            var outcome = trainer.Fit(
                set with
                {
                    Learn = Scored(model, set.Learn, source, cancellation),
                    Validation = null,
                    Offset = ScoreColumn,
                },
                progress,
                cancellation
            );
            return Joined(outcome, model);
        }
    }

    /// <summary>Learn rows with the other model's score beside them.</summary>
    /// <param name="source">The same rows as they came.</param>
    public static Table Scored(FittedModel model, Table learn, Table source, CancellationToken cancellation)
    {
        var scores = model.Predict(source, PredictMode.Raw, cancellation: cancellation).Values.ToArray();
        return learn.With(new NumericColumn(ScoreColumn, scores));
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

using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Between models and rating tables.</summary>
public static class RatingModels
{
    /// <summary>The rating table of a model, with the lines that its rules for missing and unseen values make.</summary>
    /// <exception cref="HalleyException">HLY3471: the model is no GLM or does not multiply; HLY2140: it has terms of numbers.</exception>
    public static RatingTable TableOf(FittedModel model)
    {
        if (model.Scorer is not GlmScorer scorer || model.Link.Function != LinkFunction.Log)
            throw new HalleyException(
                "HLY3471",
                $"model '{model.Name}' ({model.Spec.Learner.Name}, {model.Link} link) has no rating table: only a GLM with the log link "
                    + "multiplies relativities. Fit one, for example on this model's features."
            );
        var table = RatingTable.Of(scorer);
        return table with
        {
            Factors = [.. table.Factors.Select(factor => factor with { Axes = [.. factor.Axes.Select(Ruled)] })],
        };

        RatingAxis Ruled(RatingAxis axis)
        {
            var rule = ModelInputs.RuleOf(model.Spec, axis.Column);
            var field = model.Inputs.Find(axis.Column);
            var missing = axis.MissingLevel ?? LevelOf(axis, rule?.WhenMissing);
            var unknown =
                axis.Kind != RatingAxisKind.Category || field is null ? axis.UnknownLevel
                : field.WhenUnseen.Action == ValueAction.Missing ? axis.UnknownLevel ?? missing
                : axis.UnknownLevel ?? LevelOf(axis, field.WhenUnseen);
            return axis with { MissingLevel = missing, UnknownLevel = unknown };
        }
    }

    /// <summary>A model of the same rows and roles as another that scores by a table.</summary>
    /// <param name="spec">What the model says of itself; its learner is a <see cref="RatingLearner"/> over the table's columns.</param>
    /// <param name="source">The data on which its figures are taken.</param>
    /// <exception cref="HalleyException">HLY2142: the rows have levels that the table lacks; HLY34xx: as for a fit.</exception>
    public static FittedModel Make(
        ModelSpec spec,
        RatingTable table,
        Table source,
        Schema? declared = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        spec.EnsureValid();
        var data = RatingColumns.AsCategories(spec, source);
        progress?.Report(new("looking at levels", 0));
        var prepared = PreparedData.Of(spec, data);
        table.EnsureKnows(prepared.Table, prepared.SourceRows);
        return ModelFitter.FitBy(
            RatingColumns.WithRules(spec, table),
            new RatingTrainer(table),
            RatingColumns.WithLevels(spec, table, data),
            data,
            declared,
            new(),
            progress,
            cancellation
        );
    }

    /// <summary>A tariff made elsewhere as a model.</summary>
    /// <param name="lines">As <see cref="RatingTable.FromLines"/> reads them.</param>
    /// <param name="placeOf">What messages call a line.</param>
    /// <param name="spec">Name, roles, family, rows and derived features; its learner names the source.</param>
    /// <exception cref="HalleyException">HLY2141: the lines are no table; else as <see cref="Make"/>.</exception>
    public static FittedModel Import(
        Table lines,
        Func<int, string>? placeOf,
        ModelSpec spec,
        Table source,
        Schema? declared = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        spec = spec with { Learner = (RatingLearner)spec.Learner with { Features = RatingTable.ColumnsOf(lines) } };
        spec.EnsureValid();
        var prepared = PreparedData.Of(spec, RatingColumns.AsCategories(spec, source));
        var table = RatingTable.FromLines(lines, column => prepared.Table[column].Kind, placeOf);
        return Make(spec, table, source, declared, progress, cancellation);
    }

    /// <summary>The level that a rule puts in a value's place; null where it refuses or leaves it missing.</summary>
    static string? LevelOf(RatingAxis axis, ValueRule? rule)
    {
        if (rule is not { Action: ValueAction.Replace, Value: { } value })
            return null;
        if (axis.Kind is RatingAxisKind.Category or RatingAxisKind.Boolean)
            return axis.Levels.Contains(value) ? value : null;
        if (!double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return null;
        if (axis.Kind == RatingAxisKind.Band)
            return axis.Levels[axis.Numbers.Count(cut => number >= cut)];
        var place = axis.Numbers.ToList().IndexOf(number);
        return place < 0 ? null : axis.Levels[place];
    }
}

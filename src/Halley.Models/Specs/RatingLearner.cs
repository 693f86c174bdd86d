using Halley.Glm;

namespace Halley.Models;

/// <summary>A tariff that is given, not fitted: read from a file, edited by hand, or combined from models.</summary>
public sealed record RatingLearner : LearnerSpec
{
    public override string Name => "rating";

    /// <summary>Columns and derived features that the tariff reads, in its order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Where it comes from: the name of a file, or of models.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the file as it was read, or of the models' artefacts.</summary>
    public required string SourceHash { get; init; }

    /// <summary>What was changed by hand since, in order; those switched off are without effect.</summary>
    public required IReadOnlyList<RatingEdit> Edits { get; init; }

    public override IReadOnlyList<string> FeatureNames => Features;

    internal override ValueRule DefaultWhenUnseen => ValueRule.Reject;

    internal override LearnerSpec ToldBy(ModelSpec spec) => this;

    internal override ITrainer CreateTrainer(ModelSpec spec, int threads) =>
        throw new HalleyException(
            "HLY3470",
            $"model '{spec.Name}' is a rating table from {Source}; there is nothing to fit. Import it again, or edit it with 'halley rating edit'."
        );

    internal override IEnumerable<string> Problems(ModelSpec spec)
    {
        if (spec.LinkInUse.Function != Statistics.LinkFunction.Log)
            yield return $"learner: a rating table multiplies, and the link is {spec.LinkInUse}; use the log link.";
        foreach (var twice in Features.GroupBy(feature => feature).Where(group => group.Count() > 1))
            yield return $"learner: the feature '{twice.Key}' is listed twice.";
    }
}

namespace Halley.Models;

/// <summary>A model that another library fitted: where it came from, in place of how to fit it.</summary>
public sealed record ImportedLearner : LearnerSpec
{
    public override string Name => "imported";

    /// <summary>What the model reads, in the library's order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>For example <c>XGBoost</c>.</summary>
    public required string Library { get; init; }

    /// <summary>The library's version as its file states it; may be empty.</summary>
    public required string Version { get; init; }

    /// <summary>The library's name of its objective; may be empty.</summary>
    public required string Objective { get; init; }

    /// <summary>SHA-256 of the file as it was read.</summary>
    public required string FileHash { get; init; }

    /// <summary>Boosting rounds in use.</summary>
    public required int Iterations { get; init; }

    /// <summary>Boosting rounds in the file; null for models that were imported before this was kept.</summary>
    public int? FileIterations { get; init; }

    /// <summary>How the exposure came into training: offset, weight, feature or none; null where it was not asked.</summary>
    public string? Exposure { get; init; }

    public override IReadOnlyList<string> FeatureNames => Features;

    internal override ValueRule DefaultWhenUnseen => ValueRule.Missing;

    internal override LearnerSpec ToldBy(ModelSpec spec) => this;

    internal override ITrainer CreateTrainer(ModelSpec spec, int threads) =>
        throw new HalleyException(
            "HLY3450",
            $"model '{spec.Name}' was fitted by {Library}; it can't be fitted here. Fit it there and import the new file, or write a spec with another learner."
        );

    internal override IEnumerable<string> Problems(ModelSpec spec)
    {
        foreach (var twice in Features.GroupBy(feature => feature).Where(group => group.Count() > 1))
            yield return $"learner: the feature '{twice.Key}' is listed twice.";
    }
}

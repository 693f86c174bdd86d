namespace Halley.Models;

/// <summary>Which learner fits the model, with what it is told.</summary>
public abstract record LearnerSpec
{
    private protected LearnerSpec() { }

    /// <summary>Name in specs: <c>glm</c>, <c>boosting</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Columns and derived features that the model reads, each once, in a fixed order.</summary>
    public abstract IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Columns that the learner reads as numbers, whatever kind they have.</summary>
    internal virtual IEnumerable<string> NumberColumns => [];

    /// <summary>Columns of the data that only the fit reads, such as those that make folds.</summary>
    internal virtual IReadOnlyList<string> FitColumns => [];

    /// <summary>What unseen levels do where no rule says otherwise.</summary>
    internal abstract ValueRule DefaultWhenUnseen { get; }

    /// <summary>This learner with the options that the spec states in the learner's place: family, link, seed, …</summary>
    internal abstract LearnerSpec ToldBy(ModelSpec spec);

    /// <summary>The learner, ready to fit <paramref name="spec"/>.</summary>
    internal abstract ITrainer CreateTrainer(ModelSpec spec, int threads);

    /// <summary>Every problem of the learner's part of a spec, each a sentence.</summary>
    internal abstract IEnumerable<string> Problems(ModelSpec spec);
}

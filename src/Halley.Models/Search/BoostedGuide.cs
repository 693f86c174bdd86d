using Halley.Boosting;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>Small boosted models that say where a GLM may look: which cut points matter, and which pairs act together.</summary>
/// <param name="set">Roles and rows to learn from.</param>
/// <param name="features">Columns to look at.</param>
sealed class BoostedGuide(TrainingSet set, IReadOnlyList<string> features, GlmFit model, CandidateOptions options)
{
    const string Target = "(target)";
    const string Weight = "(weight)";
    const string Offset = "(offset)";

    /// <summary>How often each pair is looked at, about.</summary>
    const int TreesAPair = 6;

    readonly TrainingVectors vectors = TrainingVectors.Of(set, set.Learn);
    readonly Family family = FamilyOf(model.Family);

    /// <summary>Curves of an additive model (trees of one cut) over all features: what each does beside the others.</summary>
    public BoostingFit Additive(double[] means, IProgress<FitProgress>? progress, CancellationToken cancellation) =>
        Grow(OffsetOf(means), Curves, progress, cancellation);

    /// <summary>Pairs by what they tell beyond the GLM and beyond curves of single features, with their share of it.</summary>
    public IReadOnlyList<(string First, string Second, double Share)> Pairs(
        double[] means,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        // 1. What single features still tell is taken out, so that it is not mistaken for a pair.
        var offset = OffsetOf(means);
        var single = Grow(offset, Curves, progress.Part(0, 0.5), cancellation);
        Kernels.Reduce.AddScaled(1, HeldOutRows.Score(single.Scorer, set.Learn), offset);
        // 2. Trees of two levels on what is left, each on two features drawn at random: two that only tell something together have
        // nothing to offer to a root that may choose among all.
        var rounds = Math.Clamp(features.Count * (features.Count - 1) / 2 * TreesAPair, 100, 2000);
        var growth = Curves with
        {
            Rounds = rounds,
            MaximumLeaves = 4,
            MaximumDepth = 2,
            ColumnShare = Math.Min(2.0 / features.Count, 1),
        };
        var trees = Grow(offset, growth, progress.Part(0.5, 1), cancellation).Trees;
        var gains = trees.PairGains();
        var total = gains.Sum(gain => gain.Gain);
        return [.. gains.Select(gain => (trees.Inputs[gain.First].Name, trees.Inputs[gain.Second].Name, gain.Gain / total))];
    }

    /// <summary>Trees of one cut.</summary>
    BoostingOptions Curves =>
        new()
        {
            Rounds = options.GuideRounds,
            LearningRate = 0.1,
            MaximumLeaves = 2,
            MaximumDepth = 1,
            ColumnShare = 1,
        };

    BoostingFit Grow(double[] offset, BoostingOptions growth, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var learn = set
            .Learn.Select([.. features])
            .With(new NumericColumn(Target, vectors.Target))
            .With(new NumericColumn(Weight, vectors.Weight))
            .With(new NumericColumn(Offset, offset));
        var trainer = new BoostingTrainer(growth.For(family)) { Threads = options.Threads };
        return trainer.Fit(
            new()
            {
                Learn = learn,
                Features = features,
                Target = Target,
                Weight = Weight,
                Offset = Offset,
            },
            progress,
            cancellation
        );
    }

    /// <summary>Means as offsets on the scale of the guide's link.</summary>
    double[] OffsetOf(double[] means) => Array.ConvertAll(means, family.DefaultLink.Apply);

    /// <summary>The family that trees have for it: variance is what matters, and a guide needs no more.</summary>
    static Family FamilyOf(Family family) =>
        family.Name switch
        {
            "gaussian" => Family.Gaussian,
            "gamma" or "inversegaussian" => Family.Gamma,
            "binomial" or "quasibinomial" => Family.Binomial,
            var name when name.StartsWith("tweedie", StringComparison.Ordinal) => family,
            _ => Family.Poisson,
        };
}

using Halley.Boosting;

namespace Halley.Models;

/// <summary>Boosted trees on the named features.</summary>
public sealed record BoostingLearner : LearnerSpec
{
    public override string Name => "boosting";

    /// <summary>Columns and derived features to learn from.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>A loss other than that of the spec's family; null for the family's own.</summary>
    public BoostingObjective? Objective { get; init; }

    /// <summary>Objective, Tweedie power, θ and seed are the spec's; what these options say of them is not used and not written.</summary>
    public BoostingOptions Options { get; init; } = new();

    public override IReadOnlyList<string> FeatureNames => Features;

    internal override ValueRule DefaultWhenUnseen => ValueRule.Missing;

    internal override LearnerSpec ToldBy(ModelSpec spec) => this with { Options = OptionsFor(spec) };

    internal override ITrainer CreateTrainer(ModelSpec spec, int threads) =>
        new BoostingTrainer(OptionsFor(spec)) { Threads = threads };

    internal override IEnumerable<string> Problems(ModelSpec spec)
    {
        if (Features.Count == 0)
            yield return "learner: there are no features.";
        foreach (var twice in Features.GroupBy(feature => feature).Where(group => group.Count() > 1))
            yield return $"learner: the feature '{twice.Key}' is listed twice.";
        foreach (var feature in Options.Monotone.Keys.Where(feature => !Features.Contains(feature)).Order(StringComparer.Ordinal))
            yield return $"learner: '{feature}' is to be monotone, but is not a feature.";
        if (BoostingObjectives.For(spec.Family) is not { } objective)
            yield return $"family: boosting has no objective for {spec.Family}; use gaussian, poisson, negbinomial, negbinomial(theta), gamma, tweedie, tweedie(p) or binomial.";
        else if (spec.LinkInUse != BoostingObjectives.LinkOf(objective))
            yield return $"link: boosting with family {spec.Family} has the {BoostingObjectives.LinkOf(objective)} link, not {spec.LinkInUse}; leave the link out.";
        if (Objective is { } named && BoostingObjectives.FamilyFor(named) is var wanted && wanted != spec.Family)
            yield return wanted is null
                ? $"objective: {named} is what a family names; leave the objective out."
                : $"objective: {named} goes with family {wanted}, not {spec.Family}.";
        foreach (var problem in OptionsFor(spec).Validate())
            yield return $"learner: {problem}";
    }

    BoostingOptions OptionsFor(ModelSpec spec) =>
        Options with
        {
            Objective = Objective ?? BoostingObjectives.For(spec.Family) ?? new BoostingOptions().Objective,
            Theta = BoostingObjectives.ThetaOf(spec.Family),
            TweediePower = BoostingObjectives.TweediePowerOf(spec.Family) ?? new BoostingOptions().TweediePower,
            EstimateTweediePower = BoostingObjectives.TweediePowerOf(spec.Family) is not null && spec.Family.IsShapeEstimated,
            Seed = spec.Seed,
        };
}

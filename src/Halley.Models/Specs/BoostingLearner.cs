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

    /// <summary>
    /// Objective multiclass: the classes, values of the target in the order of their probabilities; null for those that the learn rows hold,
    /// until the fit.
    /// </summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Where a second parameter is fitted: quantiles that are predicted, each above 0 and below 1; null for 0.05, 0.5 and 0.95.</summary>
    public IReadOnlyList<double>? Quantiles { get; init; }

    /// <summary>Whether classes are predicted.</summary>
    internal bool IsMulticlass => Objective == BoostingObjective.Multiclass;

    /// <summary>Whether there is more than a prediction.</summary>
    internal bool HasOutputs => IsMulticlass || Options.FitsSpread;

    internal IReadOnlyList<double> QuantilesInUse => Quantiles ?? [0.05, 0.5, 0.95];

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
        if (
            Objective is { } named and not BoostingObjective.Multiclass
            && BoostingObjectives.FamilyFor(named) is var wanted
            && wanted != spec.Family
        )
            yield return wanted is null
                ? $"objective: {named} is what a family names; leave the objective out."
                : $"objective: {named} goes with family {wanted}, not {spec.Family}.";
        foreach (var problem in IsMulticlass ? ClassProblems(spec) : SpreadProblems(spec))
            yield return problem;
        foreach (var problem in OptionsFor(spec).Validate())
            yield return $"learner: {problem}";
    }

    IEnumerable<string> ClassProblems(ModelSpec spec)
    {
        if (spec.Family != Statistics.Family.Gaussian)
            yield return $"family: classes have none; leave {spec.Family} out.";
        foreach (var (role, column) in new[] { ("exposure", spec.Exposure), ("offset", spec.Offset ?? spec.OffsetModel?.Model) })
        {
            if (column is not null)
                yield return $"{role}: probabilities of classes have no time at risk and no common offset; use '{column}' as a weight or a feature, or leave it out.";
        }
        if (spec.Cap is not null)
            yield return "cap: classes can't be cut off; leave it out.";
        if (Quantiles is not null)
            yield return "quantiles: classes have none; leave them out.";
        if (Options.FitsSpread)
            yield return "learner: classes have no spread; leave it out of the options.";
        if (Classes is null)
            yield break;
        if (Classes.Count is < 2 or > ClassTargets.Most)
            yield return $"classes: there are {Classes.Count}; name 2 to {ClassTargets.Most}, or none for those in the data.";
        foreach (var twice in Classes.GroupBy(name => name).Where(group => group.Count() > 1))
            yield return $"classes: '{twice.Key}' is listed twice.";
    }

    IEnumerable<string> SpreadProblems(ModelSpec spec)
    {
        if (Classes is not null)
            yield return "classes: they belong to objective multiclass; leave them out.";
        if (!Options.FitsSpread)
        {
            if (Quantiles is not null)
                yield return "quantiles: they are those of a distribution whose spread is fitted; set spread in the options, or leave them out.";
            yield break;
        }
        if (Objective is not null || SpreadFamilies.Of(spec.Family) is null)
            yield return $"learner: a spread is fitted for families {SpreadFamilies.Names}, without an objective of another name; leave it out of the options.";
        foreach (var level in QuantilesInUse.Where(level => !(level > 0 && level < 1)))
            yield return $"quantiles: {ModelSpecText.Of(level)} is not above 0 and below 1.";
        foreach (var twice in QuantilesInUse.GroupBy(SpreadOutputs.NameOf).Where(group => group.Count() > 1))
            yield return $"quantiles: {twice.Key} is listed twice.";
    }

    BoostingOptions OptionsFor(ModelSpec spec) =>
        Options with
        {
            Objective = Objective ?? BoostingObjectives.For(spec.Family) ?? new BoostingOptions().Objective,
            // Before the fit has looked, two stand for any number.
            Classes = IsMulticlass ? Classes?.Count ?? 2 : 0,
            Theta = BoostingObjectives.ThetaOf(spec.Family),
            TweediePower = BoostingObjectives.TweediePowerOf(spec.Family) ?? new BoostingOptions().TweediePower,
            EstimateTweediePower = BoostingObjectives.TweediePowerOf(spec.Family) is not null && spec.Family.IsShapeEstimated,
            Seed = spec.Seed,
        };
}

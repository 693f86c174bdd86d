using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>What fitting boosted trees gives.</summary>
public sealed record BoostingFit : FitOutcome
{
    /// <summary>The fitted trees; the same object as <see cref="FitOutcome.Scorer"/>.</summary>
    public TreeEnsemble Trees => (TreeEnsemble)Scorer;

    /// <summary>Rounds grown, the most of any seed; trees behind <see cref="BestRound"/> are not kept.</summary>
    public required int Rounds { get; init; }

    /// <summary>Rounds kept, of the first seed: those of the smallest validation deviance, or all without validation rows.</summary>
    public required int BestRound { get; init; }

    /// <summary>Deviances from round 0 on; of the first seed, where several are averaged.</summary>
    public required IReadOnlyList<RoundDeviance> Curve { get; init; }

    /// <summary>In the order of the features.</summary>
    public required IReadOnlyList<FeatureImportance> Importance { get; init; }

    /// <summary>θ of a negative binomial, the power of a Tweedie or the share of certain zeros, as given or as estimated on the learn rows; else null.</summary>
    public double? Shape { get; init; }

    /// <summary>The family whose mean the prediction is, with its own parameter; null where it is none's.</summary>
    public Family? FittedFamily { get; init; }

    /// <summary>Weighted predictions over weighted target on the learn rows as the last tree left them; 1 is balance.</summary>
    public required double BalanceBefore { get; init; }

    /// <summary>The same of the finished model: 1 but for rounding where <see cref="BoostingOptions.RestoreBalance"/> is on.</summary>
    public required double Balance { get; init; }
}

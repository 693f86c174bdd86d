using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>How boosted trees are grown. Everything that decides the fitted bytes is here; the number of threads is not.</summary>
public sealed record BoostingOptions
{
    /// <summary>The loss. Default Poisson.</summary>
    public BoostingObjective Objective { get; init; } = BoostingObjective.Poisson;

    /// <summary>Variance power p of <see cref="BoostingObjective.Tweedie"/>. Range (1, 2). Default 1.5.</summary>
    public double TweediePower { get; init; } = 1.5;

    /// <summary>Whether p is searched by likelihood while trees are grown; <see cref="TweediePower"/> is where it starts. Default false.</summary>
    public bool EstimateTweediePower { get; init; }

    /// <summary>δ of <see cref="BoostingObjective.Huber"/>, in units of the target: errors beyond it count by their size. Range above 0. Default 1.</summary>
    public double HuberDelta { get; init; } = 1;

    /// <summary>τ of <see cref="BoostingObjective.Quantile"/>: 0.5 for the median. Range (0, 1). Default 0.5.</summary>
    public double QuantileLevel { get; init; } = 0.5;

    /// <summary>θ of <see cref="BoostingObjective.NegativeBinomial"/>; null to estimate it. Range above 0. Default null.</summary>
    public double? Theta { get; init; }

    /// <summary>Share of certain zeros of <see cref="BoostingObjective.ZeroInflatedPoisson"/>; null to estimate it. Range (0, 1). Default null.</summary>
    public double? ZeroShare { get; init; }

    /// <summary>Classes of <see cref="BoostingObjective.Multiclass"/>. Range 2 to 1,000 there, else 0. Default 0.</summary>
    public int Classes { get; init; }

    /// <summary>
    /// Whether a second parameter is fitted besides the mean, with a tree of its own a round: the shape under
    /// <see cref="BoostingObjective.Gamma"/>, the size θ under <see cref="BoostingObjective.NegativeBinomial"/>, the dispersion φ under
    /// <see cref="BoostingObjective.Tweedie"/>, the standard deviation
    /// under <see cref="BoostingObjective.SquaredError"/>. Default false.
    /// </summary>
    public bool FitsSpread { get; init; }

    /// <summary>
    /// Newton steps that a leaf's value takes once its tree is grown, each from exact gradients; with the first, that of the split, alone
    /// a leaf stops short under the log link. Quantiles take none. Range 1 to 100. Default 1.
    /// </summary>
    public int LeafSteps { get; init; } = 1;

    /// <summary>How trees become an ensemble. Default gradient boosting.</summary>
    public BoostingMode Mode { get; init; } = BoostingMode.Gradient;

    /// <summary><see cref="BoostingMode.Dart"/>: chance of each tree to be dropped for a round. Range (0, 1]. Default 0.1.</summary>
    public double DropRate { get; init; } = 0.1;

    /// <summary><see cref="BoostingMode.Dart"/>: share of rounds in which no tree is dropped. Range [0, 1). Default 0.5.</summary>
    public double SkipDrop { get; init; } = 0.5;

    /// <summary><see cref="BoostingMode.Dart"/>: trees dropped for a round at most. Range from 1. Default 50.</summary>
    public int MaximumDrops { get; init; } = 50;

    /// <summary>Trees at most. Range 1 to 100,000. Default 300.</summary>
    public int Rounds { get; init; } = 300;

    /// <summary>
    /// Whether, without validation rows, five folds of the learn rows say how many rounds, <see cref="Rounds"/> at most; the trees are then
    /// grown on all of them. Where folds gain nothing the model is a constant. Default false.
    /// </summary>
    public bool AutomaticRounds { get; init; }

    /// <summary>With validation rows: stop after this many rounds without a smaller validation deviance. Range from 1. Default 50.</summary>
    public int Patience { get; init; } = 50;

    /// <summary>Share of each tree's step that is taken; a forest takes all of it. Range (0, 1]. Default 0.05.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>In which order leaves are cut. Default leaf-wise.</summary>
    public GrowthPolicy Growth { get; init; } = GrowthPolicy.LeafWise;

    /// <summary>Leaves of a tree at most; of a symmetric tree the largest power of two within. Range 2 to 65,536. Default 24.</summary>
    public int MaximumLeaves { get; init; } = 24;

    /// <summary>Splits from the root to a leaf at most. Range 1 to 512. Default 512, in effect no limit.</summary>
    public int MaximumDepth { get; init; } = TreeEnsemble.MaximumDepth;

    /// <summary>Rows of a leaf at least. Range from 1. Default 100.</summary>
    public int MinimumLeafRows { get; init; } = 100;

    /// <summary>Σ hessian of a leaf at least; for Poisson its expected claims. Range from 0. Default 5.</summary>
    public double MinimumLeafHessian { get; init; } = 5;

    /// <summary>A split must lower the deviance (to second order) by more than this. Range from 0. Default 0.</summary>
    public double MinimumGain { get; init; }

    /// <summary>Ridge penalty λ on leaf values, in units of hessian. Range from 0. Default 5.</summary>
    public double L2 { get; init; } = 5;

    /// <summary>Lasso penalty α on leaf values, in units of gradient: leaves with |Σ gradient| ≤ α stay at 0. Range from 0. Default 0.</summary>
    public double L1 { get; init; }

    /// <summary>Largest absolute leaf value before the learning rate; 0 for no limit. Range from 0. Default 0.</summary>
    public double MaximumStep { get; init; }

    /// <summary>
    /// Draws each leaf's value to that of the leaf it was cut from, as if that many further rows stood there. Range from 0. Default 0.
    /// </summary>
    public double PathSmoothing { get; init; }

    /// <summary>
    /// Whether leaves hold linear models in the numbers on their path; rows that lack one of them get the plain value. Default false.
    /// </summary>
    public bool LinearLeaves { get; init; }

    /// <summary>Ridge penalty on the slopes of <see cref="LinearLeaves"/>, each feature in units of its spread in the leaf. Range from 0. Default 1.</summary>
    public double LinearL2 { get; init; } = 1;

    /// <summary>Share of rows that each tree is grown on, drawn anew a round. Range (0, 1]. Default 1.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>How those rows are drawn. Default uniform.</summary>
    public RowSampling RowSampling { get; init; } = RowSampling.Uniform;

    /// <summary>
    /// <see cref="RowSampling.Bayesian"/>: how much rows differ in weight, 0 not at all. Range from 0 to 10. Default 1.
    /// </summary>
    public double BootstrapTemperature { get; init; } = 1;

    /// <summary>
    /// <see cref="RowSampling.LargeGradients"/>: share of rows that are kept for their gradients. Range (0, <see cref="RowShare"/>). Default 0.2.
    /// </summary>
    public double LargeGradientShare { get; init; } = 0.2;

    /// <summary>Share of features that each tree may use, drawn anew a round, rounded up. Range (0, 1]. Default 0.6.</summary>
    public double ColumnShare { get; init; } = 0.6;

    /// <summary>Share of the tree's features that each of its levels may use, rounded up. Range (0, 1]. Default 1.</summary>
    public double LevelColumnShare { get; init; } = 1;

    /// <summary>
    /// Share of the level's features that each leaf may use, drawn anew a leaf (a level, in symmetric trees), rounded up. Range (0, 1].
    /// Default 1.
    /// </summary>
    public double NodeColumnShare { get; init; } = 1;

    /// <summary>Chance of a feature to be among those drawn, against 1 for those not named. Range above 0. Default none.</summary>
    public IReadOnlyDictionary<string, double> DrawWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// What the gains of a feature's cuts are multiplied by where cuts compete, against 1 for those not named; 0 bars it. Range from 0.
    /// Default none.
    /// </summary>
    public IReadOnlyDictionary<string, double> GainWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// Groups of features that may act together: a path from root to leaf stays within one group, and a feature in none is alone.
    /// Default none, so that all may.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Interactions { get; init; } = [];

    /// <summary>
    /// Fits whose scores are averaged on the link scale, with seeds from <see cref="Seed"/> on. Range 1 to 1,000. Default 1.
    /// </summary>
    public int AveragedSeeds { get; init; } = 1;

    /// <summary>Bins of a number at most; a further bin holds missing values. Range 2 to 65,534. Default 255.</summary>
    public int MaximumBins { get; init; } = 255;

    /// <summary>Whether bins share out the rows' weight evenly, not their number. Default false.</summary>
    public bool WeightedBins { get; init; }

    /// <summary>
    /// Whether splits are found on gradients rounded at random to ten bits, which is several times faster and adds noise far below
    /// that of claims; false keeps them to some thirty bits. Default true.
    /// </summary>
    public bool QuantisedGradients { get; init; } = true;

    /// <summary>A category with at most this many levels in a leaf is split one level against the rest. Range from 0. Default 4.</summary>
    public int OneHotLevels { get; init; } = 4;

    /// <summary>Added to a level's hessian when levels are put in order, so that rare ones move to the middle. Range from 0. Default 10.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>Added to <see cref="L2"/> when a split of ordered levels is judged. Range from 0. Default 1.</summary>
    public double CategoryL2 { get; init; } = 1;

    /// <summary>How categories of many levels, and combinations of categories, become numbers.</summary>
    public StatisticOptions Statistics { get; init; } = new();

    /// <summary>
    /// Whether trees are grown on slopes at scores that no row's own target has entered, each from a model of the rows before it:
    /// less fitted to noise on small data, and several times slower. Default false.
    /// </summary>
    public bool OrderedBoosting { get; init; }

    /// <summary>Features whose prediction must not fall (+1) or not rise (−1) as they grow; others are free. Default none.</summary>
    public IReadOnlyDictionary<string, int> Monotone { get; init; } = new Dictionary<string, int>();

    /// <summary>How those directions are kept. Default exact.</summary>
    public MonotoneMethod MonotoneMethod { get; init; } = MonotoneMethod.Exact;

    /// <summary>Whether the finished score is shifted so that predictions add up to the learn rows' weighted target. Default true.</summary>
    public bool RestoreBalance { get; init; } = true;

    /// <summary>Seed of row and column sampling. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>These options with the objective of a family: Poisson, gamma and Tweedie under log, binomial under logit, Gaussian under identity.</summary>
    public BoostingOptions For(Family family) => family.Accept(new ObjectiveOfFamily(this));

    /// <summary>Every problem with these options, as sentences; empty where there is none.</summary>
    public IReadOnlyList<string> Validate() =>
        Statistics
            .AddTo(new OptionProblems())
            .Require(Enum.IsDefined(Objective), nameof(Objective), Objective, "one of the objectives listed")
            .Require(TweediePower is > 1 and < 2, nameof(TweediePower), TweediePower, "between 1 and 2, both excluded")
            .Require(HuberDelta > 0 && double.IsFinite(HuberDelta), nameof(HuberDelta), HuberDelta, "above 0")
            .Require(QuantileLevel is > 0 and < 1, nameof(QuantileLevel), QuantileLevel, "between 0 and 1, both excluded")
            .Require(Theta is null || (Theta > 0 && double.IsFinite(Theta.Value)), nameof(Theta), Theta ?? 0, "above 0")
            .Require(ZeroShare is null or > 0 and < 1, nameof(ZeroShare), ZeroShare ?? 0, "between 0 and 1, both excluded")
            .RequireJoint(this)
            .Require(LeafSteps is >= 1 and <= 100, nameof(LeafSteps), LeafSteps, "from 1 to 100")
            .Require(Rounds is >= 1 and <= TreeEnsemble.MaximumTrees, nameof(Rounds), Rounds, "from 1 to 100000")
            .Require(Patience >= 1, nameof(Patience), Patience, "at least 1")
            .Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1")
            .Require(MaximumLeaves is >= 2 and <= 65_536, nameof(MaximumLeaves), MaximumLeaves, "from 2 to 65536")
            .Require(MaximumDepth is >= 1 and <= TreeEnsemble.MaximumDepth, nameof(MaximumDepth), MaximumDepth, "from 1 to 512")
            .Require(MinimumLeafRows >= 1, nameof(MinimumLeafRows), MinimumLeafRows, "at least 1")
            .RequireAtLeastZero(nameof(MinimumLeafHessian), MinimumLeafHessian)
            .RequireAtLeastZero(nameof(MinimumGain), MinimumGain)
            .RequireAtLeastZero(nameof(L2), L2)
            .RequireAtLeastZero(nameof(L1), L1)
            .RequireAtLeastZero(nameof(MaximumStep), MaximumStep)
            .Require(Enum.IsDefined(Mode), nameof(Mode), Mode, "one of the modes listed")
            .Require(DropRate is > 0 and <= 1, nameof(DropRate), DropRate, "above 0 and at most 1")
            .Require(SkipDrop is >= 0 and < 1, nameof(SkipDrop), SkipDrop, "at least 0 and below 1")
            .Require(MaximumDrops >= 1, nameof(MaximumDrops), MaximumDrops, "at least 1")
            .RequireAtLeastZero(nameof(PathSmoothing), PathSmoothing)
            .RequireAtLeastZero(nameof(LinearL2), LinearL2)
            .Require(
                !OrderedBoosting || (Mode == BoostingMode.Gradient && RowSampling == RowSampling.Uniform && !LinearLeaves),
                nameof(OrderedBoosting),
                OrderedBoosting,
                "false in DART and forests, with weights of rows, and with linear leaves"
            )
            .Require(Enum.IsDefined(RowSampling), nameof(RowSampling), RowSampling, "one of the kinds listed")
            .Require(BootstrapTemperature is >= 0 and <= 10, nameof(BootstrapTemperature), BootstrapTemperature, "from 0 to 10")
            .Require(Enum.IsDefined(MonotoneMethod), nameof(MonotoneMethod), MonotoneMethod, "one of the methods listed")
            .Require(LevelColumnShare is > 0 and <= 1, nameof(LevelColumnShare), LevelColumnShare, "above 0 and at most 1")
            .RequireWeights(nameof(DrawWeights), DrawWeights, above: true)
            .RequireWeights(nameof(GainWeights), GainWeights, above: false)
            .RequireTogether(this)
            .Require(Enum.IsDefined(Growth), nameof(Growth), Growth, "one of the policies listed")
            .Require(
                Growth != GrowthPolicy.Symmetric || Monotone.Count == 0,
                nameof(Growth),
                Growth,
                "leaf-wise or depth-wise where features are monotone"
            )
            .Require(NodeColumnShare is > 0 and <= 1, nameof(NodeColumnShare), NodeColumnShare, "above 0 and at most 1")
            .Require(AveragedSeeds is >= 1 and <= 1000, nameof(AveragedSeeds), AveragedSeeds, "from 1 to 1000")
            .Require(RowShare is > 0 and <= 1, nameof(RowShare), RowShare, "above 0 and at most 1")
            .Require(ColumnShare is > 0 and <= 1, nameof(ColumnShare), ColumnShare, "above 0 and at most 1")
            .Require(MaximumBins is >= 2 and <= FeatureBins.MaximumBins, nameof(MaximumBins), MaximumBins, "from 2 to 65534")
            .Require(OneHotLevels >= 0, nameof(OneHotLevels), OneHotLevels, "at least 0")
            .RequireAtLeastZero(nameof(CategorySmoothing), CategorySmoothing)
            .RequireAtLeastZero(nameof(CategoryL2), CategoryL2)
            .RequireDirections(nameof(Monotone), Monotone)
            .Problems;
}

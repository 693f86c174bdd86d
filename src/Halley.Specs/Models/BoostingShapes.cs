using Halley.Boosting;
using Halley.Statistics;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>Options of boosted trees. Defaults are those of <see cref="BoostingOptions"/> and stand nowhere else.</summary>
static class BoostingShapes
{
    static readonly BoostingOptions Default = new();

    static readonly Shape<GrowthPolicy> Policy = Choice(
        ("leaf_wise", GrowthPolicy.LeafWise),
        ("depth_wise", GrowthPolicy.DepthWise),
        ("symmetric", GrowthPolicy.Symmetric)
    );

    static readonly Shape<BoostingMode> Mode = Choice(
        ("gradient", BoostingMode.Gradient),
        ("dart", BoostingMode.Dart),
        ("forest", BoostingMode.Forest)
    );

    static readonly Shape<RowSampling> Sampling = Choice(
        ("uniform", RowSampling.Uniform),
        ("bayesian", RowSampling.Bayesian),
        ("large_gradients", RowSampling.LargeGradients),
        ("minimum_variance", RowSampling.MinimumVariance)
    );

    static readonly Shape<MonotoneMethod> Method = Choice(("exact", MonotoneMethod.Exact), ("basic", MonotoneMethod.Basic));

    static readonly Shape<int> Direction = Choice(("rising", 1), ("falling", -1));

    /// <summary>Losses that no family names.</summary>
    public static Shape<BoostingObjective> Objective { get; } =
        Choice(
            ("huber", BoostingObjective.Huber),
            ("quantile", BoostingObjective.Quantile),
            ("zero_inflated_poisson", BoostingObjective.ZeroInflatedPoisson),
            ("multiclass", BoostingObjective.Multiclass)
        );

    /// <summary>Options of a file that has none: amounts are so noisy that folds say how much can be learnt at all.</summary>
    public static BoostingOptions WithoutSettings(Family family) =>
        Default with
        {
            AutomaticRounds = family == Family.Gamma || family.Name.StartsWith("tweedie", StringComparison.Ordinal),
        };

    public static Shape<BoostingOptions> Options { get; } =
        new ObjectShape<BoostingOptions>(
            "boosting options",
            [
                Optional("rounds", Whole(1, 100_000), $"Trees at most. Default {Default.Rounds}."),
                Optional(
                    "mode",
                    Mode,
                    "How trees become an ensemble: each corrects the sum before it (gradient), or that sum less dropped trees (dart), or all are averaged (forest). Default gradient."
                ),
                Optional(
                    "drop_rate",
                    NumberWithin(0, 1),
                    $"mode dart: chance of each tree to be dropped for a round. Default {Default.DropRate}."
                ),
                Optional(
                    "skip_drop",
                    NumberWithin(0, 1),
                    $"mode dart: share of rounds in which no tree is dropped. Default {Default.SkipDrop}."
                ),
                Optional(
                    "maximum_drops",
                    Whole(1),
                    $"mode dart: trees dropped for a round at most. Default {Default.MaximumDrops}."
                ),
                Optional(
                    "automatic_rounds",
                    Flag,
                    "Whether, without validation rows, five folds say how many rounds, up to 'rounds'. Default false; true for gamma and tweedie without any options."
                ),
                Optional(
                    "patience",
                    Whole(1),
                    $"Stop after this many rounds without a smaller validation loss. Default {Default.Patience}."
                ),
                Optional(
                    "learning_rate",
                    NumberWithin(0, 1),
                    $"Share of each tree's step that is taken. Default {Default.LearningRate}."
                ),
                Optional(
                    "growth",
                    Policy,
                    "In which order leaves are cut; symmetric cuts a whole level alike. Default leaf_wise."
                ),
                Optional(
                    "leaf_steps",
                    Whole(1, 100),
                    $"Newton steps that a leaf's value takes once its tree is grown. Default {Default.LeafSteps}."
                ),
                Optional(
                    "huber_delta",
                    NumberWithin(0),
                    $"objective huber: errors beyond this count by their size, not their square. Default {Default.HuberDelta}."
                ),
                Optional(
                    "quantile_level",
                    NumberWithin(0, 1),
                    $"objective quantile: which quantile is predicted. Default {Default.QuantileLevel}."
                ),
                Optional(
                    "zero_share",
                    NumberWithin(0, 1),
                    "objective zero_inflated_poisson: share of rows that have no claims in any case. Default: estimated."
                ),
                Optional(
                    "spread",
                    Flag,
                    "Whether a second parameter is fitted besides the mean, with a tree of its own a round: the shape (family gamma), the size (negbinomial), the dispersion (tweedie with its power) or the standard deviation (gaussian). Default false."
                ),
                Optional("maximum_leaves", Whole(2, 65_536), $"Leaves of a tree at most. Default {Default.MaximumLeaves}."),
                Optional("maximum_depth", Whole(1, 512), "Splits from the root to a leaf at most. Default: no limit."),
                Optional("minimum_leaf_rows", Whole(1), $"Rows of a leaf at least. Default {Default.MinimumLeafRows}."),
                Optional(
                    "minimum_leaf_hessian",
                    NumberWithin(0),
                    $"Sum of hessians of a leaf at least; for Poisson its expected claims. Default {Default.MinimumLeafHessian}."
                ),
                Optional(
                    "minimum_gain",
                    NumberWithin(0),
                    $"A split must lower the deviance by more than this. Default {Default.MinimumGain}."
                ),
                Optional("l2", NumberWithin(0), $"Ridge penalty on leaf values. Default {Default.L2}."),
                Optional("l1", NumberWithin(0), $"Lasso penalty on leaf values. Default {Default.L1}."),
                Optional(
                    "path_smoothing",
                    NumberWithin(0),
                    $"Draws each leaf's value to that of the leaf it was cut from, as if that many further rows stood there. Default {Default.PathSmoothing}."
                ),
                Optional("linear_leaves", Flag, "Whether leaves hold linear models in the numbers on their path. Default false."),
                Optional(
                    "linear_l2",
                    NumberWithin(0),
                    $"linear_leaves: ridge penalty on slopes, each number in units of its spread in the leaf. Default {Default.LinearL2}."
                ),
                Optional(
                    "level_column_share",
                    NumberWithin(0, 1),
                    $"Share of the tree's features that each of its levels may use. Default {Default.LevelColumnShare}."
                ),
                Optional(
                    "draw_weights",
                    MapOf(NumberWithin(0)),
                    "Chance of features to be among those drawn, against 1 for the others."
                ),
                Optional(
                    "gain_weights",
                    MapOf(NumberWithin(0)),
                    "What the gains of features' cuts are multiplied by where cuts compete, against 1 for the others; 0 bars a feature."
                ),
                Optional(
                    "node_column_share",
                    NumberWithin(0, 1),
                    $"Share of its level's features that each leaf may use. Default {Default.NodeColumnShare}."
                ),
                Optional(
                    "averaged_seeds",
                    Whole(1, 1000),
                    $"Fits whose scores are averaged, with seeds from the model's on. Default {Default.AveragedSeeds}."
                ),
                Optional(
                    "quantised_gradients",
                    Flag,
                    "Whether splits are found on gradients rounded to ten bits, which is faster. Default true."
                ),
                Optional(
                    "maximum_step",
                    NumberWithin(0),
                    "Largest leaf value before the learning rate; 0 for no limit. Default 0."
                ),
                Optional(
                    "row_share",
                    NumberWithin(0, 1),
                    $"Share of rows that each tree is grown on. Default {Default.RowShare}."
                ),
                Optional(
                    "row_sampling",
                    Sampling,
                    "How rows are drawn: alike (uniform), all with random weights (bayesian), by gradient (large_gradients: GOSS), or by derivatives with least variance (minimum_variance: MVS). Default uniform."
                ),
                Optional(
                    "bootstrap_temperature",
                    NumberWithin(0, 10),
                    $"row_sampling bayesian: how much rows differ in weight. Default {Default.BootstrapTemperature}."
                ),
                Optional(
                    "large_gradient_share",
                    NumberWithin(0, 1),
                    $"row_sampling large_gradients: share of rows that are kept for their gradients. Default {Default.LargeGradientShare}."
                ),
                Optional(
                    "column_share",
                    NumberWithin(0, 1),
                    $"Share of features that each tree may use. Default {Default.ColumnShare}."
                ),
                Optional("maximum_bins", Whole(2, 65_534), $"Bins of a number at most. Default {Default.MaximumBins}."),
                Optional("weighted_bins", Flag, "Whether bins share out the rows' weight evenly. Default false."),
                Optional(
                    "one_hot_levels",
                    Whole(0),
                    $"A category with at most this many levels is split one level against the rest. Default {Default.OneHotLevels}."
                ),
                Optional(
                    "category_smoothing",
                    NumberWithin(0),
                    $"Moves rare levels to the middle of the order. Default {Default.CategorySmoothing}."
                ),
                Optional(
                    "category_l2",
                    NumberWithin(0),
                    $"Added to l2 for splits of ordered levels. Default {Default.CategoryL2}."
                ),
                Optional(
                    "interactions",
                    ListOf(Texts),
                    "Groups of features that may act together; a feature in none acts alone. Default: all may."
                ),
                Optional(
                    "statistics",
                    StatisticShapes.Statistics,
                    "How categories of many levels, and combinations, become numbers."
                ),
                Optional(
                    "ordered_boosting",
                    Flag,
                    "Whether trees are grown on slopes that no row's own target has entered; several times slower. Default false."
                ),
                Optional("monotone", MapOf(Direction), "Features whose prediction may only rise, or only fall."),
                Optional(
                    "monotone_method",
                    Method,
                    "How those directions are kept: exact gives nothing away, basic is quicker and loses more. Default exact."
                ),
                Optional(
                    "restore_balance",
                    Flag,
                    "Whether predictions are made to add up to the learn rows' total. Default true."
                ),
            ],
            values => new BoostingOptions
            {
                Rounds = values.Or("rounds", Default.Rounds),
                Mode = values.Or("mode", Default.Mode),
                DropRate = values.Or("drop_rate", Default.DropRate),
                SkipDrop = values.Or("skip_drop", Default.SkipDrop),
                MaximumDrops = values.Or("maximum_drops", Default.MaximumDrops),
                PathSmoothing = values.Or("path_smoothing", Default.PathSmoothing),
                LinearLeaves = values.Or("linear_leaves", Default.LinearLeaves),
                LinearL2 = values.Or("linear_l2", Default.LinearL2),
                LevelColumnShare = values.Or("level_column_share", Default.LevelColumnShare),
                DrawWeights = WeightsOf(values, "draw_weights"),
                GainWeights = WeightsOf(values, "gain_weights"),
                RowSampling = values.Or("row_sampling", Default.RowSampling),
                BootstrapTemperature = values.Or("bootstrap_temperature", Default.BootstrapTemperature),
                LargeGradientShare = values.Or("large_gradient_share", Default.LargeGradientShare),
                MonotoneMethod = values.Or("monotone_method", Default.MonotoneMethod),
                AutomaticRounds = values.Or("automatic_rounds", Default.AutomaticRounds),
                Patience = values.Or("patience", Default.Patience),
                LearningRate = values.Or("learning_rate", Default.LearningRate),
                Growth = values.Or("growth", Default.Growth),
                LeafSteps = values.Or("leaf_steps", Default.LeafSteps),
                HuberDelta = values.Or("huber_delta", Default.HuberDelta),
                QuantileLevel = values.Or("quantile_level", Default.QuantileLevel),
                ZeroShare = values.Has("zero_share") ? values.Get<double>("zero_share") : null,
                FitsSpread = values.Or("spread", Default.FitsSpread),
                L1 = values.Or("l1", Default.L1),
                NodeColumnShare = values.Or("node_column_share", Default.NodeColumnShare),
                AveragedSeeds = values.Or("averaged_seeds", Default.AveragedSeeds),
                QuantisedGradients = values.Or("quantised_gradients", Default.QuantisedGradients),
                MaximumLeaves = values.Or("maximum_leaves", Default.MaximumLeaves),
                MaximumDepth = values.Or("maximum_depth", Default.MaximumDepth),
                MinimumLeafRows = values.Or("minimum_leaf_rows", Default.MinimumLeafRows),
                MinimumLeafHessian = values.Or("minimum_leaf_hessian", Default.MinimumLeafHessian),
                MinimumGain = values.Or("minimum_gain", Default.MinimumGain),
                L2 = values.Or("l2", Default.L2),
                MaximumStep = values.Or("maximum_step", Default.MaximumStep),
                RowShare = values.Or("row_share", Default.RowShare),
                ColumnShare = values.Or("column_share", Default.ColumnShare),
                MaximumBins = values.Or("maximum_bins", Default.MaximumBins),
                WeightedBins = values.Or("weighted_bins", Default.WeightedBins),
                OneHotLevels = values.Or("one_hot_levels", Default.OneHotLevels),
                CategorySmoothing = values.Or("category_smoothing", Default.CategorySmoothing),
                CategoryL2 = values.Or("category_l2", Default.CategoryL2),
                Interactions = values.Or("interactions", Default.Interactions),
                Monotone = values
                    .Or<IReadOnlyList<KeyValuePair<string, int>>>("monotone", [])
                    .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
                Statistics = values.Or("statistics", Default.Statistics),
                OrderedBoosting = values.Or("ordered_boosting", Default.OrderedBoosting),
                RestoreBalance = values.Or("restore_balance", Default.RestoreBalance),
            }
        );

    static Dictionary<string, double> WeightsOf(KeyValues values, string key) =>
        values
            .Or<IReadOnlyList<KeyValuePair<string, double>>>(key, [])
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}

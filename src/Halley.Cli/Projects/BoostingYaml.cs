using System.Globalization;
using Halley.Boosting;

namespace Halley.Cli;

/// <summary>Boosting options as a model file writes them.</summary>
static class BoostingYaml
{
    static readonly BoostingOptions Default = new();

    /// <summary>The line <c>options: { … }</c> with all that differs from the defaults.</summary>
    public static string LineOf(BoostingOptions options) => $"options: {{ {string.Join(", ", Pairs(options))} }}";

    /// <summary>A model file's text with other options.</summary>
    public static string Replace(string text, BoostingOptions options)
    {
        var (kept, isInside) = (new List<string>(), false);
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            // A block lasts as long as its lines are indented.
            isInside =
                line.StartsWith("options:", StringComparison.Ordinal)
                || (isInside && (line.Length == 0 || line[0] is ' ' or '\t' or '}' or ']'));
            if (!isInside)
                kept.Add(line);
        }
        return string.Join('\n', kept.Append(LineOf(options))) + "\n";
    }

    static IEnumerable<string> Pairs(BoostingOptions o)
    {
        // What a search finds is always written, defaults or not.
        yield return Pair("rounds", o.Rounds);
        yield return Pair("learning_rate", o.LearningRate);
        yield return Pair("maximum_leaves", o.MaximumLeaves);
        yield return Pair("minimum_leaf_rows", o.MinimumLeafRows);
        yield return Pair("minimum_leaf_hessian", o.MinimumLeafHessian);
        yield return Pair("l2", o.L2);
        yield return Pair("row_share", o.RowShare);
        yield return Pair("column_share", o.ColumnShare);
        yield return Pair("category_smoothing", o.CategorySmoothing);
        (string Name, double Value, double Usual)[] numbers =
        [
            ("patience", o.Patience, Default.Patience),
            ("maximum_depth", o.MaximumDepth, Default.MaximumDepth),
            ("minimum_gain", o.MinimumGain, Default.MinimumGain),
            ("l1", o.L1, Default.L1),
            ("maximum_step", o.MaximumStep, Default.MaximumStep),
            ("node_column_share", o.NodeColumnShare, Default.NodeColumnShare),
            ("averaged_seeds", o.AveragedSeeds, Default.AveragedSeeds),
            ("maximum_bins", o.MaximumBins, Default.MaximumBins),
            ("one_hot_levels", o.OneHotLevels, Default.OneHotLevels),
            ("leaf_steps", o.LeafSteps, Default.LeafSteps),
            ("huber_delta", o.HuberDelta, Default.HuberDelta),
            ("quantile_level", o.QuantileLevel, Default.QuantileLevel),
            ("category_l2", o.CategoryL2, Default.CategoryL2),
            ("drop_rate", o.DropRate, Default.DropRate),
            ("skip_drop", o.SkipDrop, Default.SkipDrop),
            ("maximum_drops", o.MaximumDrops, Default.MaximumDrops),
            ("path_smoothing", o.PathSmoothing, Default.PathSmoothing),
            ("linear_l2", o.LinearL2, Default.LinearL2),
            ("level_column_share", o.LevelColumnShare, Default.LevelColumnShare),
            ("bootstrap_temperature", o.BootstrapTemperature, Default.BootstrapTemperature),
            ("large_gradient_share", o.LargeGradientShare, Default.LargeGradientShare),
        ];
        foreach (var (name, value, usual) in numbers.Where(number => number.Value != number.Usual))
            yield return Pair(name, value);
        (string Name, bool Value, bool Usual)[] flags =
        [
            ("automatic_rounds", o.AutomaticRounds, Default.AutomaticRounds),
            ("weighted_bins", o.WeightedBins, Default.WeightedBins),
            ("quantised_gradients", o.QuantisedGradients, Default.QuantisedGradients),
            ("linear_leaves", o.LinearLeaves, Default.LinearLeaves),
            ("spread", o.FitsSpread, Default.FitsSpread),
            ("restore_balance", o.RestoreBalance, Default.RestoreBalance),
        ];
        foreach (var (name, value, usual) in flags.Where(flag => flag.Value != flag.Usual))
            yield return $"{name}: {(value ? "true" : "false")}";
        if (o.OrderedBoosting)
            yield return "ordered_boosting: true";
        var statistics = StatisticPairs(o.Statistics).ToArray();
        if (statistics.Length > 0)
            yield return $"statistics: {{ {string.Join(", ", statistics)} }}";
        if (o.ZeroShare is { } zeroShare)
            yield return Pair("zero_share", zeroShare);
        if (o.Growth != Default.Growth)
            yield return $"growth: {(o.Growth == GrowthPolicy.DepthWise ? "depth_wise" : "symmetric")}";
        if (o.Mode != Default.Mode)
            yield return $"mode: {(o.Mode == BoostingMode.Dart ? "dart" : "forest")}";
        if (o.RowSampling != Default.RowSampling)
            yield return $"row_sampling: {WordOf(o.RowSampling)}";
        if (o.MonotoneMethod != Default.MonotoneMethod)
            yield return "monotone_method: basic";
        if (o.DrawWeights.Count > 0)
            yield return $"draw_weights: {{ {Weights(o.DrawWeights)} }}";
        if (o.GainWeights.Count > 0)
            yield return $"gain_weights: {{ {Weights(o.GainWeights)} }}";
        if (o.Monotone.Count > 0)
            yield return $"monotone: {{ {string.Join(", ", o.Monotone.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Yaml.Quoted(pair.Key)}: {(pair.Value > 0 ? "rising" : "falling")}"))} }}";
        if (o.Interactions.Count > 0)
            yield return $"interactions: [{string.Join(", ", o.Interactions.Select(group => $"[{string.Join(", ", group.Select(Yaml.Quoted))}]"))}]";
    }

    static string WordOf(RowSampling sampling) =>
        sampling switch
        {
            RowSampling.Bayesian => "bayesian",
            RowSampling.LargeGradients => "large_gradients",
            RowSampling.MinimumVariance => "minimum_variance",
            _ => "uniform",
        };

    static string Weights(IReadOnlyDictionary<string, double> weights) =>
        string.Join(
            ", ",
            weights
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{Yaml.Quoted(pair.Key)}: {pair.Value:R}"))
        );

    static IEnumerable<string> StatisticPairs(StatisticOptions s)
    {
        var usual = Default.Statistics;
        (string Name, double Value, double Usual)[] numbers =
        [
            ("levels", s.Levels, usual.Levels),
            ("permutations", s.Permutations, usual.Permutations),
            ("bins", s.Bins, usual.Bins),
            ("combination_size", s.CombinationSize, usual.CombinationSize),
            ("most_combinations", s.MostCombinations, usual.MostCombinations),
        ];
        foreach (var (name, value, standard) in numbers.Where(number => number.Value != number.Usual))
            yield return Pair(name, value);
        if (s.BesideLevels)
            yield return "beside_levels: true";
        if (s.InRowOrder)
            yield return "in_row_order: true";
        if (!s.Kinds.SequenceEqual(usual.Kinds))
            yield return $"kinds: [{string.Join(", ", s.Kinds).ToLowerInvariant()}]";
        if (!s.Priors.SequenceEqual(usual.Priors))
            yield return $"priors: [{string.Join(", ", s.Priors.Select(prior => prior.ToString("R", CultureInfo.InvariantCulture)))}]";
        if (s.Combinations.Count > 0)
            yield return $"combinations: [{string.Join(", ", s.Combinations.Select(one => $"[{string.Join(", ", one.Select(Yaml.Quoted))}]"))}]";
    }

    static string Pair(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name}: {value:R}");
}

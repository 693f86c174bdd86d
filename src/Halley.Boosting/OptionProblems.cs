using System.Globalization;

namespace Halley.Boosting;

/// <summary>Collects what is wrong with options, so that all of it is told at once.</summary>
sealed class OptionProblems
{
    const int MostClasses = 1000;

    readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    public OptionProblems Require(bool holds, string name, object value, string range)
    {
        if (!holds)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {range}."));
        return this;
    }

    public OptionProblems RequireAtLeastZero(string name, double value) =>
        Require(value >= 0 && double.IsFinite(value), name, value, "a finite number, at least 0");

    public OptionProblems RequireDirections(string name, IReadOnlyDictionary<string, int> directions)
    {
        foreach (var (feature, direction) in directions.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Require(direction is -1 or 0 or 1, $"{name} of '{feature}'", direction, "1 (rising), -1 (falling) or 0 (free)");
        return this;
    }

    public OptionProblems RequireWeights(string name, IReadOnlyDictionary<string, double> weights, bool above)
    {
        foreach (var (feature, weight) in weights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Require(
                (above ? weight > 0 : weight >= 0) && double.IsFinite(weight),
                $"{name} of '{feature}'",
                weight,
                above ? "a finite number above 0" : "a finite number, at least 0"
            );
        return this;
    }

    /// <summary>What each option allows by itself and not beside another.</summary>
    public OptionProblems RequireTogether(BoostingOptions o)
    {
        Require(
            o.RowSampling is not (RowSampling.LargeGradients or RowSampling.MinimumVariance) || o.RowShare < 1,
            nameof(o.RowShare),
            o.RowShare,
            $"below 1 where RowSampling is {o.RowSampling}"
        );
        Require(
            o.RowSampling != RowSampling.Bayesian || o.RowShare >= 1,
            nameof(o.RowShare),
            o.RowShare,
            "1 where RowSampling is Bayesian, which weighs all rows"
        );
        Require(
            o.RowSampling != RowSampling.LargeGradients || (o.LargeGradientShare > 0 && o.LargeGradientShare < o.RowShare),
            nameof(o.LargeGradientShare),
            o.LargeGradientShare,
            "above 0 and below RowShare"
        );
        Require(
            o.Mode != BoostingMode.Forest || IsDrawn(o),
            nameof(o.RowShare),
            o.RowShare,
            "below 1 in a forest, or a share of columns must be, or RowSampling Bayesian: its trees would all be one"
        );
        return o.LinearLeaves ? RequireForLinear(o) : this;
    }

    /// <summary>What holds where rows have several scores.</summary>
    public OptionProblems RequireJoint(BoostingOptions o)
    {
        const string Several = "where rows have several scores";
        var isClasses = o.Objective == BoostingObjective.Multiclass;
        Require(
            isClasses ? o.Classes is >= 2 and <= MostClasses : o.Classes == 0,
            nameof(o.Classes),
            o.Classes,
            isClasses ? "from 2 to 1000" : "0 unless the objective is Multiclass"
        );
        if (!isClasses && !o.FitsSpread)
            return this;
        return Require(
                !o.FitsSpread
                    || o.Objective
                        is BoostingObjective.Gamma
                            or BoostingObjective.NegativeBinomial
                            or BoostingObjective.Tweedie
                            or BoostingObjective.SquaredError,
                nameof(o.Objective),
                o.Objective,
                "Gamma, NegativeBinomial, Tweedie or SquaredError where a second parameter is fitted"
            )
            .Require(!o.FitsSpread || o.Theta is null, nameof(o.Theta), o.Theta ?? 0, "left out where it is fitted")
            .Require(!o.OrderedBoosting, nameof(o.OrderedBoosting), o.OrderedBoosting, $"false {Several}")
            .Require(
                o.Monotone.Count == 0 || !isClasses,
                nameof(o.Monotone),
                $"set for {o.Monotone.Count} features",
                "left out where there are classes: what raises one lowers others"
            );
    }

    OptionProblems RequireForLinear(BoostingOptions o)
    {
        const string Linear = "where leaves are linear";
        return Require(
                o.Objective != BoostingObjective.Quantile,
                nameof(o.Objective),
                o.Objective,
                $"other than Quantile {Linear}"
            )
            .Require(o.Monotone.Count == 0, nameof(o.Monotone), $"set for {o.Monotone.Count} features", $"left out {Linear}")
            .Require(o.LeafSteps == 1, nameof(o.LeafSteps), o.LeafSteps, $"1 {Linear}")
            .Require(o.MaximumStep == 0, nameof(o.MaximumStep), o.MaximumStep, $"0 {Linear}")
            .Require(o.L1 == 0, nameof(o.L1), o.L1, $"0 {Linear}")
            .Require(o.PathSmoothing == 0, nameof(o.PathSmoothing), o.PathSmoothing, $"0 {Linear}");
    }

    static bool IsDrawn(BoostingOptions o) =>
        o.RowShare < 1
        || (o.RowSampling == RowSampling.Bayesian && o.BootstrapTemperature > 0)
        || Math.Min(o.ColumnShare, Math.Min(o.LevelColumnShare, o.NodeColumnShare)) < 1;
}

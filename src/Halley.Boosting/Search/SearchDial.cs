using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>One setting that a search turns.</summary>
/// <param name="Name">As model files write it.</param>
/// <param name="From">Smallest value.</param>
/// <param name="To">Largest value.</param>
/// <param name="IsLogarithmic">Whether steps are ratios.</param>
/// <param name="IsWhole">Whether only whole numbers are meant.</param>
sealed record SearchDial(
    string Name,
    double From,
    double To,
    bool IsLogarithmic,
    bool IsWhole,
    Func<BoostingOptions, double> Get,
    Func<BoostingOptions, double, BoostingOptions> Set
)
{
    /// <summary>What a search turns by default, with ranges wide enough for claim counts, costs and yes or no.</summary>
    internal static IReadOnlyList<SearchDial> Standard { get; } =
    [
        new("learning_rate", 0.02, 0.15, true, false, o => o.LearningRate, (o, v) => o with { LearningRate = v }),
        new("maximum_leaves", 4, 64, true, true, o => o.MaximumLeaves, (o, v) => o with { MaximumLeaves = (int)v }),
        new("minimum_leaf_rows", 10, 1_000, true, true, o => o.MinimumLeafRows, (o, v) => o with { MinimumLeafRows = (int)v }),
        new("minimum_leaf_hessian", 0.1, 50, true, false, o => o.MinimumLeafHessian, (o, v) => o with { MinimumLeafHessian = v }),
        new("l2", 0.1, 100, true, false, o => o.L2, (o, v) => o with { L2 = v }),
        new("row_share", 0.5, 1, false, false, o => o.RowShare, (o, v) => o with { RowShare = v }),
        new("column_share", 0.3, 1, false, false, o => o.ColumnShare, (o, v) => o with { ColumnShare = v }),
        new("category_smoothing", 1, 100, true, false, o => o.CategorySmoothing, (o, v) => o with { CategorySmoothing = v }),
    ];

    /// <summary>Where the options stand between the ends, 0 to 1.</summary>
    internal double PlaceOf(BoostingOptions options)
    {
        var value = Math.Clamp(Get(options), From, To);
        return IsLogarithmic ? VectorMath.Log(value / From) / VectorMath.Log(To / From) : (value - From) / (To - From);
    }

    /// <summary>The options with this setting at a place between the ends, to three digits.</summary>
    internal BoostingOptions At(BoostingOptions options, double place)
    {
        var value = IsLogarithmic ? From * VectorMath.Exp(place * VectorMath.Log(To / From)) : From + place * (To - From);
        var rounded = IsWhole ? Math.Round(value) : ThreeDigits(value);
        return Set(options, Math.Clamp(rounded, From, To));
    }

    /// <summary>A setting that a person can read; the loss does not feel its fourth digit.</summary>
    static double ThreeDigits(double value)
    {
        var digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 15);
        return Math.Round(value, digits);
    }
}

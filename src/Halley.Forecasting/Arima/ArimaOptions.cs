namespace Halley.Forecasting;

/// <summary>Options of seasonal ARIMA models.</summary>
public sealed record ArimaOptions
{
    /// <summary>One order to fit; null for the best by AICc. Its season is the series' own. Default null.</summary>
    public ArimaOrder? Order { get; init; }

    /// <summary>Highest p and q searched. Range 0 to 20. Default 5.</summary>
    public int HighestOrder { get; init; } = 5;

    /// <summary>Highest P and Q searched. Range 0 to 5. Default 2.</summary>
    public int HighestSeasonalOrder { get; init; } = 2;

    /// <summary>Highest d searched. Range 0 to 2. Default 2.</summary>
    public int HighestDifference { get; init; } = 2;

    /// <summary>Models fitted at most a series. Range 1 and above. Default 94.</summary>
    public int MostModels { get; init; } = 94;

    /// <summary>Compare by conditional sums of squares, which are faster; null for series above 500 values or seasons above 24. Default null.</summary>
    public bool? Approximate { get; init; }

    /// <summary>Longer seasons are not fitted: the state has their length. Range 1 and above. Default 52.</summary>
    public int LongestSeason { get; init; } = 52;

    /// <summary>All that is wrong with the options, empty if nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Check(problems, "highest_order", HighestOrder, 0, 20);
        Check(problems, "highest_seasonal_order", HighestSeasonalOrder, 0, 5);
        Check(problems, "highest_difference", HighestDifference, 0, 2);
        Check(problems, "most_models", MostModels, 1, int.MaxValue);
        Check(problems, "longest_season", LongestSeason, 1, int.MaxValue);
        if (Order is { } order)
        {
            Check(problems, "order p", order.P, 0, 20);
            Check(problems, "order q", order.Q, 0, 20);
            Check(problems, "order d", order.D, 0, 2);
            Check(problems, "seasonal order P", order.SeasonalP, 0, 5);
            Check(problems, "seasonal order Q", order.SeasonalQ, 0, 5);
            Check(problems, "seasonal order D", order.SeasonalD, 0, 2);
        }
        return problems;
    }

    static void Check(List<string> problems, string name, int value, int lowest, int highest)
    {
        if (value < lowest || value > highest)
            problems.Add($"{name}: {value} lies outside {lowest} to {(highest == int.MaxValue ? "any number" : highest)}.");
    }
}

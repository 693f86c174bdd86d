namespace Halley.Forecasting;

/// <summary>Options of exponential smoothing.</summary>
public sealed record EtsOptions
{
    /// <summary>One form to fit, such as <c>MAdM</c>; null for the best by AICc. Default null.</summary>
    public string? Form { get; init; }

    /// <summary>Consider multiplicative trends. Default false: they forecast explosions.</summary>
    public bool MultiplicativeTrend { get; init; }

    /// <summary>Consider forms whose forecasts may have infinite variance. Default false.</summary>
    public bool Unstable { get; init; }

    /// <summary>Longer seasons are not fitted: each of their steps would be a free state. Range 1 and above. Default 24.</summary>
    public int LongestSeason { get; init; } = 24;

    /// <summary>Forecast by all forms, weighted by exp(−AICc/2), not by the best alone. Default false.</summary>
    public bool Averaged { get; init; }

    /// <summary>Leave trends out that never level off. Default false.</summary>
    public bool OnlyDamped { get; init; }

    /// <summary>All that is wrong with the options, empty if nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Form is not null && !EtsForm.TryParse(Form, out _))
            problems.Add($"form: '{Form}' is none of the 30 forms; write error, trend, season, such as 'AAN', 'MAdM' or 'MNA'.");
        if (LongestSeason < 1)
            problems.Add($"longest_season: {LongestSeason} is below 1.");
        return problems;
    }
}

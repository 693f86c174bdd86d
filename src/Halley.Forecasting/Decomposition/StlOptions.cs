namespace Halley.Forecasting;

/// <summary>Options of a decomposition by local regression.</summary>
sealed record StlOptions
{
    /// <summary>Window of the season over years, odd; null for a season that never changes. Default null.</summary>
    internal int? SeasonWindow { get; init; }

    /// <summary>Degree of the season's regression, 0 or 1. Default 0.</summary>
    internal int SeasonDegree { get; init; }

    /// <summary>Window of the trend in steps, odd; null for the usual one. Default null.</summary>
    internal int? TrendWindow { get; init; }

    /// <summary>Weigh outliers down. Default false.</summary>
    internal bool Robust { get; init; }
}

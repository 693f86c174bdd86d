namespace Halley.Optimization;

/// <summary>A rate book to be improved: a portfolio, its limits, and the factors whose relativities may move.</summary>
public sealed record RateBookSpec
{
    /// <summary>Columns, demand and limits; its menu is not used.</summary>
    public required PortfolioSpec Portfolio { get; init; }

    public required IReadOnlyList<RateFactor> Factors { get; init; }

    /// <summary>Relativities are multiples of this; 0 for none. Range [0, 1). Default 0.01.</summary>
    public double Rounding { get; init; } = 0.01;
}

/// <summary>Which way relativities may go along the levels.</summary>
public enum RateOrder
{
    Free,
    Rising,
    Falling,
}

/// <summary>A factor of the rate book.</summary>
public sealed record RateFactor
{
    /// <summary>Column of the portfolio with its levels.</summary>
    public required string Column { get; init; }

    /// <summary>Levels in their order, with the relativities of today.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Levels { get; init; }

    /// <summary>Largest relative change of a relativity. Range (0, 1). Default 0.1.</summary>
    public double Cap { get; init; } = 0.1;

    /// <summary>Default free.</summary>
    public RateOrder Order { get; init; }

    /// <summary>Largest relative step between neighbouring levels; null for none.</summary>
    public double? Smoothness { get; init; }
}

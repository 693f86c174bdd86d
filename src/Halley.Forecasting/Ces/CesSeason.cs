namespace Halley.Forecasting;

/// <summary>How complex exponential smoothing treats the season.</summary>
public enum CesSeason
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Each position of the season has a level and potential of its own.</summary>
    Simple,

    /// <summary>One level and potential, and an additive season.</summary>
    Partial,

    /// <summary>One level and potential, and one of each for every position of the season.</summary>
    Full,
}

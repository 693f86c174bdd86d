namespace Halley.Boosting;

/// <summary>What is told of a level, or of a combination of levels.</summary>
public enum StatisticKind
{
    /// <summary>Its target over what the start score expects, pulled towards the portfolio: under a log link actual over expected.</summary>
    Mean,

    /// <summary>The share of its weight whose target is above 0 (above the median, where no target is 0), pulled towards the portfolio.</summary>
    Share,

    /// <summary>Its expected target under a log link, else its weight: how much of it there is.</summary>
    Volume,
}

namespace Halley.Boosting;

/// <summary>How trees become an ensemble.</summary>
public enum BoostingMode
{
    /// <summary>Each tree corrects the sum of those before it.</summary>
    Gradient,

    /// <summary>Each tree corrects the sum of those before it but for some that are dropped at random, and shares their weight with them (DART).</summary>
    Dart,

    /// <summary>Each tree is fitted to the target by itself, on other rows and features, and their scores are averaged (random forest).</summary>
    Forest,
}

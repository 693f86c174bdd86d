using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>What an objective of another library means here.</summary>
/// <param name="Family">The family whose mean the prediction is; null for quantiles, ranks and the like.</param>
/// <param name="Link">From score to prediction.</param>
public sealed record ForeignLink(Family? Family, Link Link)
{
    /// <summary>Whether the prediction is the index of the largest output, so that none has to be chosen.</summary>
    public bool PredictsOneOfAll => Transform == ScoreTransform.LargestOutput;

    /// <summary>Between the library's raw scores and the score here.</summary>
    internal ScoreTransform Transform { get; init; }

    /// <summary>By what raw scores are multiplied first.</summary>
    internal double Scale { get; init; } = 1;

    internal static ForeignLink Identity { get; } = new(null, Link.Identity);

    /// <summary>A logarithm, of which nobody says what it is the mean of.</summary>
    internal static ForeignLink OfLog { get; } = new(null, Link.Log);

    internal static ForeignLink Mean { get; } = new(Family.Gaussian, Link.Identity);

    internal static ForeignLink Logistic { get; } = new(Family.Binomial, Link.Logit);

    internal static ForeignLink Softmax { get; } = new(Family.Binomial, Link.Logit) { Transform = ScoreTransform.ClassLogit };

    internal static ForeignLink Log(Family family) => new(family, Link.Log);
}

using Halley.Statistics;

namespace Halley.Glm;

/// <summary>What was estimated of the family itself.</summary>
public sealed record ShapeEstimate
{
    /// <summary>The family with the estimate in it.</summary>
    public required Family Family { get; init; }

    /// <summary>Tweedie power p, or negative binomial θ.</summary>
    public required double Value { get; init; }

    /// <summary>
    /// From the curvature of the log likelihood: of the profile likelihood for p, at given means for θ (as MASS). NaN where it is flat.
    /// </summary>
    public required double StandardError { get; init; }

    /// <summary>Greatest log likelihood.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Dispersion of greatest likelihood: 1 for the negative binomial. Standard errors rest on Pearson's, not on this.</summary>
    public required double Dispersion { get; init; }

    /// <summary>Whether the search ended inside its bounds.</summary>
    public required bool IsInterior { get; init; }
}

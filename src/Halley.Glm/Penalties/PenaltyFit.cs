namespace Halley.Glm;

/// <summary>How the strength of a penalised fit came about.</summary>
public sealed record PenaltyFit
{
    /// <summary>λ of the model.</summary>
    public required double Strength { get; init; }

    /// <summary>Half the mean deviance and the penalty: what the fit minimised.</summary>
    public required double Objective { get; init; }

    /// <summary>Coefficients that are not zero, the constant left out.</summary>
    public required int Nonzero { get; init; }

    /// <summary>Trace of the matrix that turns targets into fitted means: how many free coefficients would bend as easily.</summary>
    public required double EffectiveParameters { get; init; }

    /// <summary>From the greatest strength to the least; one point where the strength was given.</summary>
    public required IReadOnlyList<PenaltyPathPoint> Path { get; init; }
}

namespace Halley.Glm;

/// <summary>The model at one strength of a path.</summary>
public sealed record PenaltyPathPoint
{
    /// <summary>λ.</summary>
    public required double Strength { get; init; }

    /// <summary>Coefficients that are not zero, the constant left out.</summary>
    public required int Nonzero { get; init; }

    /// <summary>Σ w·d of the learn rows.</summary>
    public required double Deviance { get; init; }

    /// <summary>What the fit minimised: half the mean deviance, and the penalty.</summary>
    public required double Objective { get; init; }

    /// <summary>Mean deviance of held-out rows per unit of exposure (or weight); null where nothing was held out.</summary>
    public double? HeldOut { get; init; }

    /// <summary>Standard error of <see cref="HeldOut"/> over the folds.</summary>
    public double? HeldOutError { get; init; }
}

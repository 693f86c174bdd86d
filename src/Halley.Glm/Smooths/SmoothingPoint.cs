namespace Halley.Glm;

/// <summary>The restricted likelihood at one set of weights.</summary>
sealed record SmoothingPoint
{
    internal required double[] LogLambdas { get; init; }

    /// <summary>The likelihood at the inner optimum; under a working model its coefficients and deviance are that model's.</summary>
    internal required GlmPoint Point { get; init; }

    /// <summary>Coefficients at the inner optimum, internal basis, shape (full columns).</summary>
    internal double[] Beta => Point.Beta;

    /// <summary>Length of the step to the optimum of a working model, in standard errors at dispersion 1; 0 elsewhere.</summary>
    internal double WorkingStep { get; init; }

    /// <summary>Minus the log restricted likelihood.</summary>
    internal required double Value { get; init; }

    /// <summary>φ of greatest restricted likelihood, or Pearson's; 1 where the family fixes it.</summary>
    internal required double Dispersion { get; init; }

    /// <summary>Whether the inner search converged.</summary>
    internal required bool Converged { get; init; }

    /// <summary>A⁻¹ over the active columns.</summary>
    internal required double[] Inverse { get; init; }

    /// <summary>∂V/∂ln λ, shape (penalties).</summary>
    internal required double[] Slopes { get; init; }

    /// <summary>Second derivatives with W held, shape (penalties × penalties).</summary>
    internal required double[] Curvature { get; init; }

    /// <summary>∂β̂/∂ln λ, shape (penalties)(active).</summary>
    internal required double[][] BetaSlopes { get; init; }
}

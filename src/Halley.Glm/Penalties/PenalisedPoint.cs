namespace Halley.Glm;

/// <summary>Likelihood, slope and curvature at coefficients of a penalised model.</summary>
/// <param name="Beta">In the design's order and the solver's units, shape (p).</param>
/// <param name="Slope">Of half the deviance, uphill; shape (p).</param>
/// <param name="Hessian">Of half the deviance, row by row; shape (p × p).</param>
sealed record PenalisedPoint(double[] Beta, RowSums Sums, double[] Slope, double[] Hessian)
{
    /// <summary>Whether the curvature is that of another point, from which the last step led here.</summary>
    internal bool IsNear { get; init; }

    internal double HalfDeviance => Sums.Deviance / 2;

    internal bool IsAllowed => Sums.OutsideDomain == 0 && double.IsFinite(Sums.Deviance);
}

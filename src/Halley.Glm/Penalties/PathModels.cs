namespace Halley.Glm;

/// <summary>The models of a path.</summary>
/// <param name="Points">From the greatest strength to the least.</param>
/// <param name="Betas">Coefficients of each, in the design's order and the solver's units.</param>
/// <param name="Search">The search, at the last model.</param>
/// <param name="Converged">Whether every model is at its optimum.</param>
/// <param name="LastStep">The longest of the last steps, in standard errors.</param>
sealed record PathModels(
    IReadOnlyList<PenaltyPathPoint> Points,
    IReadOnlyList<double[]> Betas,
    StrengthSearch Search,
    bool Converged,
    double LastStep
);

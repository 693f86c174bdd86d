namespace Halley.Glm;

/// <summary>Residuals and influence of each learn row with a positive weight, in the order of the rows. Shapes (n).</summary>
/// <remarks>
/// A penalised fit has no hat matrix: leverage, and what is made of it, is NaN there.
/// Sources: McCullagh and Nelder (1989), Generalized Linear Models, section 2.4; Williams (1987), Applied Statistics 36, 181–191;
/// conventions of R's <c>residuals</c>, <c>rstandard</c>, <c>rstudent</c>, <c>cooks.distance</c> and <c>dffits</c>.
/// </remarks>
public sealed record RowDiagnostics
{
    /// <summary>Index of each row in the learn table, from 0.</summary>
    public required IReadOnlyList<int> Row { get; init; }

    /// <summary>Linear predictor, offset included.</summary>
    public required IReadOnlyList<double> Eta { get; init; }

    /// <summary>Fitted mean μ.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>w·(dμ/dη)²/V.</summary>
    public required IReadOnlyList<double> WorkingWeight { get; init; }

    /// <summary>Diagonal of the hat matrix: how far the row decides its own fitted value. Sums to the degrees of freedom used.</summary>
    public required IReadOnlyList<double> Leverage { get; init; }

    /// <summary>y − μ.</summary>
    public required IReadOnlyList<double> Response { get; init; }

    /// <summary>(y − μ)·√(w/V).</summary>
    public required IReadOnlyList<double> Pearson { get; init; }

    /// <summary>Signed root of w·d(y, μ): their squares sum to the deviance.</summary>
    public required IReadOnlyList<double> Deviance { get; init; }

    /// <summary>(y − μ)·dη/dμ.</summary>
    public required IReadOnlyList<double> Working { get; init; }

    /// <summary>√w·(A(y) − A(μ))/(A′(μ)·√V) with A = ∫V^(−1/3): close to normal. NaN for the negative binomial, which has no closed A.</summary>
    public required IReadOnlyList<double> Anscombe { get; init; }

    /// <summary>Pearson over √(φ·(1 − leverage)).</summary>
    public required IReadOnlyList<double> StandardisedPearson { get; init; }

    /// <summary>Deviance over √(φ·(1 − leverage)).</summary>
    public required IReadOnlyList<double> StandardisedDeviance { get; init; }

    /// <summary>The row against the fit without it, to first order.</summary>
    public required IReadOnlyList<double> Studentised { get; init; }

    /// <summary>How far the row moves all coefficients together.</summary>
    public required IReadOnlyList<double> CooksDistance { get; init; }

    /// <summary>How far the row moves its own fitted value, in standard errors.</summary>
    public required IReadOnlyList<double> Dffits { get; init; }
}

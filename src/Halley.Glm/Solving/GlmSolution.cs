namespace Halley.Glm;

/// <summary>What the solver found, in the declared columns.</summary>
sealed record GlmSolution
{
    internal required GlmDesign Design { get; init; }

    /// <summary>Coefficients, shape (full columns): 0 for base levels and aliased columns.</summary>
    internal required double[] Beta { get; init; }

    /// <summary>Coefficients in the internal basis, shape (full columns).</summary>
    internal required double[] InternalBeta { get; init; }

    /// <summary>Positions in the design's order, the constant first.</summary>
    internal required IReadOnlyList<ColumnState> States { get; init; }

    /// <summary>Covariance at dispersion 1, NaN where a coefficient is aliased or unbounded. Shape (order × order).</summary>
    internal required double[] UnscaledCovariance { get; init; }

    internal required RowSums Sums { get; init; }

    internal required double NullDeviance { get; init; }

    internal required int Iterations { get; init; }

    internal required bool Converged { get; init; }

    internal required double LastStep { get; init; }

    internal int Rank => States.Count(state => state != ColumnState.Aliased);
}

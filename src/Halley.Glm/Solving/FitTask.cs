namespace Halley.Glm;

/// <summary>One fit: rows, design, and where to start.</summary>
sealed record FitTask(GlmProblem Problem, PreparedDesign Prepared, GlmOptions Options)
{
    /// <summary>Weights of the design's penalties, in their order; empty where there are none.</summary>
    internal IReadOnlyList<double> Lambdas { get; init; } = [];

    /// <summary>Coefficients to start from, internal basis, shape (full columns); null for those of the constant alone.</summary>
    internal double[]? Start { get; init; }

    /// <summary>The likelihood at the start by its observed curvature, where a pass over the rows has found it already.</summary>
    internal GlmPoint? StartPoint { get; init; }

    /// <summary>The model with the constant alone, where it is fitted already.</summary>
    internal GlmPoint? Constant { get; init; }
}

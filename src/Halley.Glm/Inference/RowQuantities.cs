using Halley.Kernels;

namespace Halley.Glm;

/// <summary>What inference needs of each learn row at the fitted coefficients. Shapes (n).</summary>
/// <param name="Eta">Linear predictor, offset included.</param>
/// <param name="Mean">μ.</param>
/// <param name="Score">u = w·(y − μ)·d/V with d = dμ/dη: the row's part of the score is u·x.</param>
/// <param name="Curvature">h = w·d²/V, expected.</param>
/// <param name="Leverage">h·x′(X′WX + S)⁻¹x, the diagonal of the hat matrix.</param>
sealed record RowQuantities(double[] Eta, double[] Mean, double[] Score, double[] Curvature, double[] Leverage)
{
    internal static RowQuantities Of(GlmProblem problem, GlmSolution solution, CancellationToken cancellation)
    {
        var eta = solution.Predictors(problem, cancellation);
        var (mean, score, curvature) = (new double[eta.Length], new double[eta.Length], new double[eta.Length]);
        var rows = RowModel.Of(problem.Family, problem.Link);
        RowBlocks.For(
            eta.Length,
            problem.Threads,
            block =>
                rows.Fill(
                    block.Of(problem.Target),
                    block.Of(problem.Weight),
                    eta.AsSpan(block.Start, block.Count).ToArray(),
                    block.Of(mean),
                    block.Of(score),
                    block.Of(curvature),
                    Glm.Curvature.Expected
                ),
            cancellation
        );
        return new(
            eta,
            mean,
            score,
            curvature,
            Leverages(problem, solution.Prepared, solution.UnscaledInverse, curvature, cancellation)
        );
    }

    internal static double[] Leverages(
        GlmProblem problem,
        PreparedDesign prepared,
        double[] inverse,
        double[] curvature,
        CancellationToken cancellation
    )
    {
        var (rows, leverage, p) = (new DesignRows(prepared), new double[curvature.Length], prepared.Active.Length);
        RowBlocks.For(
            leverage.Length,
            problem.Threads,
            block =>
            {
                var (positions, values) = (new int[rows.Widest], new double[rows.Widest]);
                for (var row = block.Start; row < block.End; row++)
                {
                    var count = rows.Fill(row, positions, values);
                    leverage[row] =
                        curvature[row] * DesignRows.Form(inverse, p, positions.AsSpan(0, count), values.AsSpan(0, count));
                }
            },
            cancellation
        );
        return leverage;
    }
}

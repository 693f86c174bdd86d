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
    /// <param name="problem">All learn rows, or a part of them.</param>
    /// <param name="design">The design on those rows.</param>
    /// <param name="leverage">Whether leverages are wanted; they are empty else.</param>
    internal static RowQuantities Of(
        GlmProblem problem,
        GlmDesign design,
        GlmSolution solution,
        CancellationToken cancellation,
        bool leverage = true
    )
    {
        var eta = solution.Predictors(problem, design, cancellation);
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
            !leverage ? []
                : solution.IsMaximumLikelihood
                    ? Leverages(problem, solution.Prepared with { Design = design }, solution.InverseAt, curvature, cancellation)
                : [.. curvature.Select(_ => double.NaN)]
        );
    }

    /// <param name="inverse">Entry of (X′WX + S)⁻¹ of two active columns.</param>
    internal static double[] Leverages(
        GlmProblem problem,
        PreparedDesign prepared,
        Func<int, int, double> inverse,
        double[] curvature,
        CancellationToken cancellation
    )
    {
        var forms = new RowForms(prepared, inverse);
        var leverage = new double[curvature.Length];
        RowBlocks.For(
            leverage.Length,
            problem.Threads,
            block =>
            {
                var own = block.Of(leverage);
                for (var start = 0; start < own.Length; start += ProductKernel.TileRows)
                {
                    var tile = own.Slice(start, Math.Min(ProductKernel.TileRows, own.Length - start));
                    forms.Fill(block.Start + start, tile);
                    Kernels.Reduce.Multiply(tile, curvature.AsSpan(block.Start + start, tile.Length), tile);
                }
            },
            cancellation
        );
        return leverage;
    }
}

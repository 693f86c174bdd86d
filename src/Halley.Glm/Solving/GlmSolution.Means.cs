using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Fitted values of the learn rows.</summary>
sealed partial record GlmSolution
{
    /// <summary>η of each row, offset included, shape (n).</summary>
    internal double[] Predictors(GlmProblem problem, CancellationToken cancellation)
    {
        var eta = new double[problem.RowCount];
        var spread = Design.Gathered.Spread(InternalBeta);
        RowBlocks.For(
            eta.Length,
            problem.Threads,
            block => Design.Predict(spread, problem.Offset, block.Start, block.Of(eta)),
            cancellation
        );
        return eta;
    }

    /// <summary>μ of each row, shape (n).</summary>
    internal double[] Means(GlmProblem problem, CancellationToken cancellation)
    {
        var means = Predictors(problem, cancellation);
        RowBlocks.For(
            means.Length,
            problem.Threads,
            block => problem.Link.Inverse(block.Of(means), block.Of(means)),
            cancellation
        );
        return means;
    }
}

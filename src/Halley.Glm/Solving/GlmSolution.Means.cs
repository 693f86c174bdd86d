using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Fitted values of the learn rows.</summary>
sealed partial record GlmSolution
{
    /// <summary>η of each row, offset included, shape (n).</summary>
    /// <param name="rows">All learn rows, or a part of them.</param>
    /// <param name="design">The design on those rows.</param>
    internal double[] Predictors(GlmProblem rows, GlmDesign design, CancellationToken cancellation)
    {
        var eta = new double[rows.RowCount];
        var (spread, layout) = (Design.Gathered.Spread(InternalBeta), design.Gathered.Pass);
        var values = layout.ValuesOf(spread);
        RowBlocks.For(
            eta.Length,
            rows.Threads,
            block => layout.Predict(spread, values, rows.Offset, block.Start, block.Of(eta)),
            cancellation
        );
        return eta;
    }

    /// <summary>μ of each row, shape (n).</summary>
    /// <inheritdoc cref="Predictors"/>
    internal double[] Means(GlmProblem rows, GlmDesign design, CancellationToken cancellation)
    {
        var means = Predictors(rows, design, cancellation);
        RowBlocks.For(means.Length, rows.Threads, block => rows.Link.Inverse(block.Of(means), block.Of(means)), cancellation);
        return means;
    }
}

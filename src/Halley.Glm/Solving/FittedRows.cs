using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Learn rows beside their fitted means, which are held where the rows are in memory, and else found again for each chunk.</summary>
sealed class FittedRows(GlmProblem problem, GlmSolution solution, CancellationToken cancellation)
{
    double[]? held;

    /// <summary>Shows the rows, their part of the design and their means: all at once, or chunk after chunk.</summary>
    internal void ForEach(Action<GlmProblem, GlmDesign, double[]> work) =>
        problem.ForEach(solution.Design, (rows, design) => work(rows, design, MeansOf(rows, design)), cancellation);

    /// <summary>Adds what each block of rows has to a total, in block order.</summary>
    internal void Accumulate(double[] total, Action<GlmProblem, double[], RowBlock, Span<double>> work) =>
        ForEach(
            (rows, _, means) =>
                RowBlocks.Accumulate(
                    rows.RowCount,
                    rows.Threads,
                    total,
                    (block, partial) => work(rows, means, block, partial),
                    cancellation
                )
        );

    /// <summary>The family's log likelihood, as <see cref="Family.LogLikelihood(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double})"/> of all rows.</summary>
    internal double LogLikelihood(Family family)
    {
        var (totals, sum) = (default(LikelihoodTotals), 0.0);
        ForEach((rows, _, means) => totals = family.AddRows(totals, rows.Target, means, rows.Weight));
        ForEach((rows, _, means) => sum = family.AddLogLikelihood(sum, totals, rows.Target, means, rows.Weight));
        return sum;
    }

    double[] MeansOf(GlmProblem rows, GlmDesign design) =>
        problem.Chunks is null ? held ??= solution.Means(rows, design, cancellation) : solution.Means(rows, design, cancellation);
}

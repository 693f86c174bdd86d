using System.Buffers;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>One pass over the rows: deviance, score and curvature at given coefficients.</summary>
/// <remarks>Rows go in fixed blocks, whose sums are added in block order: any number of threads gives the same bits.</remarks>
sealed class GlmPass(GlmProblem problem, GlmDesign design)
{
    const int Scalars = 3;

    readonly RowModel rows = RowModel.Of(problem.Family, problem.Link);
    readonly PassLayout sums = design.Gathered.Pass;

    internal ProductLayout Layout => design.Gathered.ModelLayout;

    /// <summary>Whether <see cref="Curvature.Observed"/> is another thing than <see cref="Curvature.Expected"/>.</summary>
    internal bool HasObserved => rows.HasObserved;

    /// <param name="beta">Internal basis, shape (full columns).</param>
    internal GlmPoint Evaluate(double[] beta, Curvature curvature, CancellationToken cancellation)
    {
        // One array of sums: [deviance, Pearson, rows outside | those of the layout].
        var total = new double[Scalars + (curvature == Curvature.None ? sums.ScoreLength : sums.Length)];
        var spread = design.Gathered.Spread(beta);
        var values = sums.ValuesOf(spread);
        problem.ForEach(
            design,
            (part, columns) =>
                RowBlocks.Accumulate(
                    part.RowCount,
                    part.Threads,
                    total,
                    (block, partial) => AddBlock(part, columns.Gathered.Pass, block, spread, values, curvature, partial),
                    cancellation
                ),
            cancellation
        );
        var (score, products) = (total[Scalars..], Array.Empty<double>());
        if (curvature != Curvature.None)
            (score, products) = sums.Expand(score);
        else
            score = sums.ExpandScore(score);
        (score, products) = design.Gathered.Reduce(score, products);
        return new(beta, new(total[0], total[1], (int)total[2]), score, products);
    }

    void AddBlock(
        GlmProblem part,
        PassLayout layout,
        RowBlock block,
        double[] beta,
        double[][] values,
        Curvature curvature,
        Span<double> partial
    )
    {
        const int tile = ProductKernel.TileRows;
        var work = ArrayPool<double>.Shared.Rent(4 * tile + layout.WorkLength);
        try
        {
            for (var start = block.Start; start < block.End; start += tile)
            {
                var n = Math.Min(tile, block.End - start);
                var eta = work.AsSpan(0, n);
                layout.Predict(beta, values, part.Offset, start, eta);
                AddTile(part, layout, start, eta, curvature, work, partial);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(work);
        }
    }

    void AddTile(
        GlmProblem part,
        PassLayout layout,
        int start,
        Span<double> eta,
        Curvature curvature,
        Span<double> work,
        Span<double> partial
    )
    {
        const int tile = ProductKernel.TileRows;
        var n = eta.Length;
        var mu = work.Slice(tile, n);
        var u = work.Slice(2 * tile, n);
        var h = work.Slice(3 * tile, n);
        var tileSums = rows.Fill(part.Target.AsSpan(start, n), part.Weight.AsSpan(start, n), eta, mu, u, h, curvature);
        partial[0] += tileSums.Deviance;
        partial[1] += tileSums.Pearson;
        partial[2] += tileSums.OutsideDomain;
        if (curvature == Curvature.None)
            layout.AddScore(u, start, partial[Scalars..]);
        else
            layout.Add(u, h, start, work[(4 * tile)..], partial[Scalars..]);
    }
}

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

    /// <summary>Gives back the products of a point that nothing uses any more.</summary>
    internal void Forget(GlmPoint point) => sums.Rooms.Return(point.Products);

    /// <param name="beta">Internal basis, shape (full columns).</param>
    internal GlmPoint Evaluate(double[] beta, Curvature curvature, CancellationToken cancellation)
    {
        var spread = design.Gathered.Spread(beta);
        var values = sums.ValuesOf(spread);
        if (curvature == Curvature.None)
            return Lightly(beta, spread, values, cancellation);
        var total = PassSums.Of(
            problem,
            design,
            Scalars,
            (part, layout, start, u, h, scratch, scalars) =>
            {
                var n = u.Length;
                var eta = scratch[..n];
                layout.Predict(spread, values, part.Offset, start, eta);
                Fill(part, start, eta, scratch.Slice(ProductKernel.TileRows, n), u, h, curvature, scalars);
            },
            cancellation
        );
        var (score, products) = total.Reduced();
        return new(beta, SumsOf(total.Scalars), score, products);
    }

    /// <summary>Deviance at each of several coefficients, the rows read once.</summary>
    /// <param name="betas">Internal basis, shape (m)(full columns).</param>
    internal double[] Deviances(IReadOnlyList<double[]> betas, CancellationToken cancellation)
    {
        var spreads = betas.Select(design.Gathered.Spread).ToArray();
        var values = Array.ConvertAll(spreads, sums.ValuesOf);
        var totals = Array.ConvertAll(spreads, _ => new double[Scalars]);
        problem.ForEach(
            design,
            (part, columns) =>
            {
                for (var i = 0; i < totals.Length; i++)
                {
                    var (spread, own) = (spreads[i], values[i]);
                    RowBlocks.Accumulate(
                        part.RowCount,
                        part.Threads,
                        totals[i],
                        (block, partial) => AddBlock(part, columns.Gathered.Pass, block, spread, own, partial, score: false),
                        cancellation
                    );
                }
            },
            cancellation
        );
        return Array.ConvertAll(totals, total => total[0]);
    }

    /// <summary>Deviance and score alone.</summary>
    GlmPoint Lightly(double[] beta, double[] spread, double[][] values, CancellationToken cancellation)
    {
        // One array of sums: [deviance, Pearson, rows outside | those of the layout].
        var total = new double[Scalars + sums.ScoreLength];
        problem.ForEach(
            design,
            (part, columns) =>
                RowBlocks.Accumulate(
                    part.RowCount,
                    part.Threads,
                    total,
                    (block, partial) => AddBlock(part, columns.Gathered.Pass, block, spread, values, partial),
                    cancellation
                ),
            cancellation
        );
        var (score, _) = design.Gathered.Reduce(sums.ExpandScore(total.AsSpan(Scalars)), []);
        return new(beta, SumsOf(total), score, []);
    }

    static RowSums SumsOf(ReadOnlySpan<double> scalars) => new(scalars[0], scalars[1], (int)scalars[2]);

    void AddBlock(
        GlmProblem part,
        PassLayout layout,
        RowBlock block,
        double[] beta,
        double[][] values,
        Span<double> partial,
        bool score = true
    )
    {
        const int tile = ProductKernel.TileRows;
        var work = ArrayPool<double>.Shared.Rent(4 * tile);
        try
        {
            for (var start = block.Start; start < block.End; start += tile)
            {
                var n = Math.Min(tile, block.End - start);
                var eta = work.AsSpan(0, n);
                var u = work.AsSpan(2 * tile, n);
                layout.Predict(beta, values, part.Offset, start, eta);
                Fill(part, start, eta, work.AsSpan(tile, n), u, work.AsSpan(3 * tile, n), Curvature.None, partial);
                if (score)
                    layout.AddScore(u, start, partial[Scalars..]);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(work);
        }
    }

    void Fill(
        GlmProblem part,
        int start,
        Span<double> eta,
        Span<double> mu,
        Span<double> u,
        Span<double> h,
        Curvature curvature,
        Span<double> scalars
    )
    {
        var n = eta.Length;
        var tileSums = rows.Fill(part.Target.AsSpan(start, n), part.Weight.AsSpan(start, n), eta, mu, u, h, curvature);
        scalars[0] += tileSums.Deviance;
        scalars[1] += tileSums.Pearson;
        scalars[2] += tileSums.OutsideDomain;
    }
}

using System.Buffers;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>One pass over the rows: deviance, score and curvature at given coefficients.</summary>
/// <remarks>Rows go in fixed blocks, whose sums are added in block order: any number of threads gives the same bits.</remarks>
sealed class GlmPass(GlmProblem problem, GlmDesign design)
{
    const int Scalars = 3;

    readonly RowModel rows = RowModel.Of(problem.Family, problem.Link);
    readonly IReadOnlyList<DesignBlock> blocks = design.Gathered.Blocks;
    readonly int widest = design.Gathered.Blocks.Max(block => block.Width);
    readonly int columnCount = design.Gathered.ColumnCount;
    readonly ProductLayout gatheredLayout = design.Gathered.Layout;

    internal ProductLayout Layout => design.Gathered.ModelLayout;

    /// <summary>Whether <see cref="Curvature.Observed"/> is another thing than <see cref="Curvature.Expected"/>.</summary>
    internal bool HasObserved => rows.HasObserved;

    /// <param name="beta">Internal basis, shape (full columns).</param>
    internal GlmPoint Evaluate(double[] beta, Curvature curvature, CancellationToken cancellation)
    {
        // One array of sums: [deviance, Pearson, rows outside | score | products].
        var sums = new double[Scalars + columnCount + (curvature == Curvature.None ? 0 : gatheredLayout.Length)];
        var spread = design.Gathered.Spread(beta);
        RowBlocks.Accumulate(
            problem.RowCount,
            problem.Threads,
            sums,
            (block, partial) => AddBlock(block, spread, curvature, partial),
            cancellation
        );
        var (score, products) = design.Gathered.Reduce(sums[Scalars..(Scalars + columnCount)], sums[(Scalars + columnCount)..]);
        return new(beta, new(sums[0], sums[1], (int)sums[2]), score, products);
    }

    void AddBlock(RowBlock block, double[] beta, Curvature curvature, Span<double> sums)
    {
        var work = ArrayPool<double>.Shared.Rent((4 + widest) * ProductKernel.TileRows);
        try
        {
            for (var start = block.Start; start < block.End; start += ProductKernel.TileRows)
                AddTile(start, Math.Min(ProductKernel.TileRows, block.End - start), beta, curvature, work, sums);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(work);
        }
    }

    void AddTile(int start, int n, double[] beta, Curvature curvature, Span<double> work, Span<double> sums)
    {
        const int tile = ProductKernel.TileRows;
        var eta = work[..n];
        var mu = work.Slice(tile, n);
        var u = work.Slice(2 * tile, n);
        var h = work.Slice(3 * tile, n);
        design.Predict(beta, problem.Offset, start, eta);
        var tileSums = rows.Fill(problem.Target.AsSpan(start, n), problem.Weight.AsSpan(start, n), eta, mu, u, h, curvature);
        sums[0] += tileSums.Deviance;
        sums[1] += tileSums.Pearson;
        sums[2] += tileSums.OutsideDomain;
        var score = sums.Slice(Scalars, columnCount);
        foreach (var block in blocks)
            block.AddProducts(u, start, score);
        if (curvature != Curvature.None)
            ProductKernel.AddTile(blocks, gatheredLayout, h, start, work[(4 * tile)..], sums[(Scalars + score.Length)..]);
    }
}

using System.Buffers;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>One pass over the rows: Σ x′A⁻¹x·(dW/dη)·x, by which ln|X′WX + S| moves as the coefficients do.</summary>
/// <param name="inverse">A⁻¹ over the active columns.</param>
sealed class WeightSlopePass(GlmProblem problem, PreparedDesign prepared, double[] inverse)
{
    const int Tile = ProductKernel.TileRows;

    readonly RowModel rows = RowModel.Of(problem.Family, problem.Link);
    readonly RowForms whole = new(prepared, (i, j) => inverse[i * prepared.Active.Length + j]);

    /// <summary>Shape (full columns).</summary>
    /// <param name="beta">Internal basis, shape (full columns).</param>
    internal double[] Sum(double[] beta, CancellationToken cancellation)
    {
        var gathered = prepared.Design.Gathered;
        var spread = gathered.Spread(beta);
        var values = gathered.Pass.ValuesOf(spread);
        var sums = new double[gathered.Pass.ScoreLength];
        problem.ForEach(
            prepared.Design,
            (part, design) =>
            {
                var forms = whole.On(design);
                RowBlocks.Accumulate(
                    part.RowCount,
                    part.Threads,
                    sums,
                    (block, partial) => AddBlock(part, design.Gathered.Pass, forms, block, spread, values, partial),
                    cancellation
                );
            },
            cancellation
        );
        return gathered.Reduce(gathered.Pass.ExpandScore(sums), []).Score;
    }

    void AddBlock(
        GlmProblem part,
        PassLayout layout,
        RowForms forms,
        RowBlock block,
        double[] spread,
        double[][] values,
        Span<double> partial
    )
    {
        var work = ArrayPool<double>.Shared.Rent(7 * Tile);
        for (var start = block.Start; start < block.End; start += Tile)
        {
            var n = Math.Min(Tile, block.End - start);
            var eta = work.AsSpan(0, n);
            var form = work.AsSpan(Tile, n);
            layout.Predict(spread, values, part.Offset, start, eta);
            Slope(part, start, n, work);
            forms.Fill(start, form);
            Reduce.Multiply(form, work.AsSpan(2 * Tile, n), form);
            layout.AddScore(form, start, partial);
        }
        ArrayPool<double>.Shared.Return(work);
    }

    /// <summary>Part 2 of the work space ← dW/dη at the predictor in part 0, which is used up.</summary>
    void Slope(GlmProblem part, int start, int n, double[] work)
    {
        var slope = work.AsSpan(2 * Tile, n);
        if (rows.CurvatureGrowth is { } growth)
        {
            Curvatures(part, start, work.AsSpan(0, n), work, slope);
            foreach (ref var value in slope)
                value *= growth;
            return;
        }
        // Central differences.
        var down = work.AsSpan(4 * Tile, n);
        Shifted(1, slope);
        Shifted(-1, down);
        for (var i = 0; i < n; i++)
            slope[i] = (slope[i] - down[i]) / (2 * Step(work[i]));

        void Shifted(int sign, Span<double> h)
        {
            var at = work.AsSpan(3 * Tile, n);
            for (var i = 0; i < n; i++)
                at[i] = work[i] + sign * Step(work[i]);
            Curvatures(part, start, at, work, h);
        }
    }

    void Curvatures(GlmProblem part, int start, Span<double> eta, double[] work, Span<double> h)
    {
        var n = eta.Length;
        rows.Fill(
            part.Target.AsSpan(start, n),
            part.Weight.AsSpan(start, n),
            eta,
            work.AsSpan(5 * Tile, n),
            work.AsSpan(6 * Tile, n),
            h,
            Curvature.Observed
        );
    }

    static double Step(double eta) => 1e-4 * Math.Min(1, Math.Abs(eta) + 1e-3);
}

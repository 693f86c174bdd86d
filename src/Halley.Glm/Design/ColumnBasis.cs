using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Well-conditioned stand-ins for columns of numbers, and the way back to the declared ones.</summary>
/// <remarks>
/// Sums of products of age, age², age³ … lose half the digits. The columns are therefore replaced by orthogonal ones that span the
/// same spaces in the same order: Q = D·T with T upper triangular, so the coefficients of D are T times those of Q. A round takes
/// the Cholesky factor of the products, a second one repairs what rounding left (CholeskyQR2: Yamamoto et al. 2015, Electron.
/// Trans. Numer. Anal. 44, 306–326). A column that all but vanishes in a round is only reduced, and judged anew in the next one.
/// So dependence is seen down to 1e-11 of a column's length, R's own limit, where products alone stop at 1e-8.
/// </remarks>
sealed class ColumnBasis
{
    /// <summary>A column whose remainder is shorter than this part of it lies in the span of those before it.</summary>
    const double DependenceTolerance = 1e-11;

    /// <summary>A remainder below this part of a squared length is mostly rounding.</summary>
    const double TrustedRemainder = 1e-8;

    const int MaxRounds = 6;

    readonly double[][] columns;
    readonly double[] weight;
    readonly int threads;
    readonly double[] lengths;
    readonly bool[] dependent;

    ColumnBasis(double[][] columns, double[] weight, int threads)
    {
        (this.columns, this.weight, this.threads) = (columns, weight, threads);
        lengths = new double[columns.Length];
        dependent = new bool[columns.Length];
        Transform = new double[columns.Length, columns.Length];
        for (var j = 0; j < columns.Length; j++)
            Transform[j, j] = 1;
    }

    /// <summary>T, upper triangular, shape (k, k).</summary>
    internal double[,] Transform { get; }

    /// <summary>Columns that lie in the span of those before them, or were excluded; they are zero now. Shape (k).</summary>
    internal ReadOnlySpan<bool> Dependent => dependent;

    /// <summary>Replaces the columns, shape (k)(n), in place.</summary>
    /// <param name="weight">Shape (n), positive.</param>
    /// <param name="excluded">Columns to leave out.</param>
    internal static ColumnBasis Orthogonalise(double[][] columns, double[] weight, int threads, IReadOnlySet<int> excluded)
    {
        var basis = new ColumnBasis(columns, weight, threads);
        foreach (var column in excluded)
            basis.dependent[column] = true;
        for (var round = 0; round < MaxRounds && !basis.Round(first: round == 0); round++) { }
        basis.ClearDependent();
        return basis;
    }

    /// <summary>One round. True, with nothing changed, where the columns are as good as orthogonal already.</summary>
    bool Round(bool first)
    {
        var k = columns.Length;
        var products = Products();
        var total = RowBlocks.Sum(weight.Length, threads, block => Reduce.Sum(block.Of(weight)));
        var step = new double[k, k];
        var usable = new bool[k];
        var settled = true;
        for (var j = 0; j < k; j++)
        {
            var length = Math.Sqrt(products[j * k + j]);
            if (first)
                lengths[j] = length;
            if (!(length > DependenceTolerance * lengths[j] * Transform[j, j]))
                dependent[j] = true;
            if (dependent[j])
                continue;
            // The first column, the constant where there is one, is only rescaled; ones of unit mean square stay as they are.
            var remainder = ProjectOut(products, step, usable, j, length, total);
            usable[j] = remainder > TrustedRemainder;
            settled &= remainder > 0.5 && length * length > 0.5 * total && length * length < 2 * total;
            var scale = Math.Sqrt(total) / length / (usable[j] ? Math.Sqrt(remainder) : 1);
            for (var a = 0; a <= j; a++)
                step[a, j] *= scale;
        }
        if (!settled)
            Apply(step);
        return settled;
    }

    /// <summary>Takes from column j its projections on the usable columns before it, in terms of the columns as they are now.</summary>
    /// <returns>Share of its squared length that remains.</returns>
    static double ProjectOut(double[] products, double[,] step, bool[] usable, int j, double length, double total)
    {
        var k = usable.Length;
        var remainder = 1.0;
        step[j, j] = 1;
        for (var i = 0; i < j; i++)
        {
            if (!usable[i])
                continue;
            var projection = 0.0;
            for (var a = 0; a <= i; a++)
                projection += step[a, i] * products[a * k + j];
            remainder -= projection / length * (projection / length) / total;
            for (var a = 0; a <= i; a++)
                step[a, j] -= projection / total * step[a, i];
        }
        return remainder;
    }

    /// <summary>Weighted products of the columns, upper triangle, shape (k × k).</summary>
    double[] Products()
    {
        var k = columns.Length;
        var products = new double[k * k];
        RowBlocks.Accumulate(
            weight.Length,
            threads,
            products,
            (block, partial) =>
            {
                var weighted = new double[k * ProductKernel.TileRows];
                for (var start = block.Start; start < block.End; start += ProductKernel.TileRows)
                {
                    var n = Math.Min(ProductKernel.TileRows, block.End - start);
                    for (var j = 0; j < k; j++)
                        Reduce.Multiply(weight.AsSpan(start, n), columns[j].AsSpan(start, n), weighted.AsSpan(j * n, n));
                    ProductKernel.AddNumbers(columns, weighted, n, start, partial);
                }
            }
        );
        return products;
    }

    /// <summary>Columns ← columns·step, and T ← T·step.</summary>
    void Apply(double[,] step)
    {
        RowBlocks.For(weight.Length, threads, block => Apply(step, block));
        var k = columns.Length;
        for (var row = 0; row < k; row++)
        {
            for (var j = k - 1; j >= row; j--)
            {
                var sum = 0.0;
                for (var a = row; a <= j; a++)
                    sum += Transform[row, a] * step[a, j];
                Transform[row, j] = sum;
            }
        }
    }

    void Apply(double[,] step, RowBlock block)
    {
        // In tiles, so that all columns of one stay in the first-level cache.
        for (var start = block.Start; start < block.End; start += ProductKernel.TileRows)
            ApplyTile(step, new(0, start, Math.Min(ProductKernel.TileRows, block.End - start)));
    }

    void ApplyTile(double[,] step, RowBlock block)
    {
        // From the last column backwards: each needs only columns that are still old.
        for (var j = columns.Length - 1; j >= 0; j--)
        {
            if (dependent[j])
                continue;
            var target = block.Of(columns[j]);
            for (var i = 0; i < target.Length; i++)
                target[i] *= step[j, j];
            for (var a = 0; a < j; a++)
            {
                if (step[a, j] != 0)
                    Reduce.AddScaled(step[a, j], block.Of(columns[a]), target);
            }
        }
    }

    void ClearDependent()
    {
        for (var j = 0; j < columns.Length; j++)
        {
            if (!dependent[j])
                continue;
            Array.Clear(columns[j]);
            for (var a = 0; a < columns.Length; a++)
                Transform[a, j] = 0;
        }
    }
}

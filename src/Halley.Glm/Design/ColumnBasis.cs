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

    readonly int k;
    readonly double[] lengths;
    readonly bool[] dependent;
    readonly List<(double[,] Matrix, bool[] Left)> steps = [];
    int rounds;

    /// <param name="k">Number of columns.</param>
    /// <param name="excluded">Columns to leave out.</param>
    internal ColumnBasis(int k, IReadOnlySet<int> excluded)
    {
        (this.k, lengths, dependent, Transform) = (k, new double[k], new bool[k], new double[k, k]);
        foreach (var column in excluded)
            dependent[column] = true;
        for (var j = 0; j < k; j++)
            Transform[j, j] = 1;
    }

    /// <summary>T, upper triangular, shape (k, k).</summary>
    internal double[,] Transform { get; }

    /// <summary>Columns that lie in the span of those before them, or were excluded; they are zero in the end. Shape (k).</summary>
    internal ReadOnlySpan<bool> Dependent => dependent;

    /// <summary>Whether no further round would change a column.</summary>
    internal bool IsSettled { get; private set; }

    /// <summary>Replaces the columns, shape (k)(n), in place.</summary>
    /// <param name="weight">Shape (n), positive.</param>
    /// <param name="excluded">Columns to leave out.</param>
    internal static ColumnBasis Orthogonalise(double[][] columns, double[] weight, int threads, IReadOnlySet<int> excluded)
    {
        var basis = new ColumnBasis(columns.Length, excluded);
        var total = RowBlocks.Sum(weight.Length, threads, block => Reduce.Sum(block.Of(weight)));
        while (!basis.IsSettled)
        {
            var products = new double[columns.Length * columns.Length];
            AddProducts(columns, weight, threads, products);
            if (basis.Next(products, total))
                Apply(basis.steps[^1], columns, threads);
        }
        basis.ClearDependent(columns);
        return basis;
    }

    /// <summary>Brings columns as they are declared to where the rounds so far have brought them, in place. Shape (k)(n).</summary>
    internal void Replay(double[][] columns, int threads)
    {
        foreach (var step in steps)
            Apply(step, columns, threads);
        if (IsSettled)
            ClearDependent(columns);
    }

    /// <summary>One round from the products of the columns as they are now, shape (k × k), upper triangle.</summary>
    /// <param name="total">Sum of the weights.</param>
    /// <returns>Whether there is a step to apply; not where the columns are as good as orthogonal already.</returns>
    internal bool Next(double[] products, double total)
    {
        var (step, usable, settled) = (new double[k, k], new bool[k], true);
        for (var j = 0; j < k; j++)
        {
            var length = Math.Sqrt(products[j * k + j]);
            if (rounds == 0)
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
        rounds++;
        if (!settled)
            Take(step);
        IsSettled = settled || rounds == MaxRounds;
        if (IsSettled)
            ClearDependent();
        return !settled;
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

    /// <summary>Adds the weighted products of the columns, upper triangle, shape (k × k).</summary>
    internal static void AddProducts(double[][] columns, double[] weight, int threads, double[] products)
    {
        var k = columns.Length;
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
    }

    /// <summary>T ← T·step, and the step is kept.</summary>
    void Take(double[,] step)
    {
        steps.Add((step, (bool[])dependent.Clone()));
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

    /// <summary>Columns ← columns·step.</summary>
    static void Apply((double[,] Matrix, bool[] Left) step, double[][] columns, int threads) =>
        RowBlocks.For(
            columns[0].Length,
            threads,
            block =>
            {
                // In tiles, so that all columns of one stay in the first-level cache.
                for (var start = block.Start; start < block.End; start += ProductKernel.TileRows)
                    ApplyTile(step, columns, new(0, start, Math.Min(ProductKernel.TileRows, block.End - start)));
            }
        );

    static void ApplyTile((double[,] Matrix, bool[] Left) step, double[][] columns, RowBlock block)
    {
        // From the last column backwards: each needs only columns that are still old.
        for (var j = columns.Length - 1; j >= 0; j--)
        {
            if (step.Left[j])
                continue;
            var target = block.Of(columns[j]);
            for (var i = 0; i < target.Length; i++)
                target[i] *= step.Matrix[j, j];
            for (var a = 0; a < j; a++)
            {
                if (step.Matrix[a, j] != 0)
                    Reduce.AddScaled(step.Matrix[a, j], block.Of(columns[a]), target);
            }
        }
    }

    void ClearDependent(double[][] columns)
    {
        for (var j = 0; j < k; j++)
        {
            if (dependent[j])
                Array.Clear(columns[j]);
        }
    }

    void ClearDependent()
    {
        for (var j = 0; j < k; j++)
        {
            for (var a = 0; a < k && dependent[j]; a++)
                Transform[a, j] = 0;
        }
    }
}

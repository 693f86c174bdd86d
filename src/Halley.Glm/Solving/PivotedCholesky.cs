using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Cholesky factor of a symmetric matrix taken in order, leaving out rows that earlier ones explain.</summary>
/// <remarks>
/// The matrix is first scaled to a unit diagonal, A = D·C·D. Row j is dropped where the pivot of C, the share of its squared length
/// that earlier rows leave, is below a tolerance: later columns are dropped, earlier ones kept, as R does.
/// </remarks>
sealed class PivotedCholesky
{
    readonly int p;
    readonly double[] factor;
    readonly double[] scale;

    PivotedCholesky(int p, double[] factor, double[] scale, bool[] dropped) =>
        (this.p, this.factor, this.scale, Dropped) = (p, factor, scale, dropped);

    /// <summary>Shape (p).</summary>
    internal bool[] Dropped { get; }

    /// <summary>Share of a row's squared length that earlier rows leave; 0 where it is dropped.</summary>
    internal double RemainderOf(int row) => factor[row * p + row] * factor[row * p + row];

    internal bool IsFull => !Dropped.Contains(true);

    /// <param name="matrix">Symmetric, row by row, shape (p × p); left as it is.</param>
    /// <param name="tolerance">Smallest pivot of the scaled matrix.</param>
    /// <param name="lengths">Squared lengths of the rows, where something else has explained a part of them already; else the diagonal.</param>
    internal static PivotedCholesky Factor(double[] matrix, int p, double tolerance, double[]? lengths = null)
    {
        var scale = new double[p];
        for (var i = 0; i < p; i++)
        {
            var diagonal = lengths is null ? matrix[i * p + i] : lengths[i];
            scale[i] = diagonal > 0 ? 1 / Math.Sqrt(diagonal) : 0;
        }
        var (factor, dropped) = (new double[p * p], new bool[p]);
        for (var i = 0; i < p; i++)
        {
            var row = factor.AsSpan(i * p, i + 1);
            for (var j = 0; j < i; j++)
            {
                if (dropped[j])
                    continue;
                var above = factor.AsSpan(j * p, j + 1);
                var value = matrix[i * p + j] * scale[i] * scale[j] - Reduce.Dot(row[..j], above[..j]);
                row[j] = value / above[j];
            }
            var own = lengths is null
                ? scale[i] > 0
                    ? 1
                    : 0
                : matrix[i * p + i] * scale[i] * scale[i];
            var pivot = own - Reduce.Dot(row[..i], row[..i]);
            if (pivot > tolerance)
            {
                row[i] = Math.Sqrt(pivot);
                continue;
            }
            dropped[i] = true;
            row.Clear();
        }
        return new(p, factor, scale, dropped);
    }

    /// <summary>ln det A over the rows that are left.</summary>
    internal double LogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < p; i++)
                sum += Dropped[i] ? 0 : VectorMath.Log(factor[i * p + i] / scale[i]);
            return 2 * sum;
        }
    }

    /// <summary>x with A·x = b over the rows that are left; 0 for dropped ones. Shape (p).</summary>
    internal double[] Solve(ReadOnlySpan<double> b)
    {
        var x = new double[p];
        for (var i = 0; i < p; i++)
        {
            if (Dropped[i])
                continue;
            var row = factor.AsSpan(i * p, i + 1);
            x[i] = (b[i] * scale[i] - Reduce.Dot(row[..i], x.AsSpan(0, i))) / row[i];
        }
        for (var i = p - 1; i >= 0; i--)
        {
            if (Dropped[i])
                continue;
            x[i] /= factor[i * p + i];
            Reduce.AddScaled(-x[i], factor.AsSpan(i * p, i), x.AsSpan(0, i));
        }
        for (var i = 0; i < p; i++)
            x[i] *= scale[i];
        return x;
    }

    /// <summary>A⁻¹ over the rows that are left, 0 in dropped rows and columns. Shape (p × p).</summary>
    internal double[] Inverse()
    {
        var inverse = new double[p * p];
        var unit = new double[p];
        for (var j = 0; j < p; j++)
        {
            unit[j] = 1;
            var column = Dropped[j] ? null : Solve(unit);
            unit[j] = 0;
            for (var i = 0; i < p; i++)
                inverse[i * p + j] = column is null ? 0 : column[i];
        }
        Symmetrise(inverse);
        return inverse;
    }

    void Symmetrise(double[] matrix)
    {
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var mean = 0.5 * (matrix[i * p + j] + matrix[j * p + i]);
                (matrix[i * p + j], matrix[j * p + i]) = (mean, mean);
            }
        }
    }
}

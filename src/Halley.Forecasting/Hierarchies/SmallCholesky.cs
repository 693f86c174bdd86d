namespace Halley.Forecasting;

/// <summary>Cholesky factor of a small dense positive definite matrix.</summary>
sealed class SmallCholesky
{
    readonly double[,] factor;
    readonly int size;

    SmallCholesky(double[,] factor) => (this.factor, size) = (factor, factor.GetLength(0));

    /// <summary>The factor, or null where the matrix is not positive definite.</summary>
    internal static SmallCholesky? Of(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var factor = new double[size, size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j <= i; j++)
        {
            var sum = matrix[i, j];
            for (var k = 0; k < j; k++)
                sum -= factor[i, k] * factor[j, k];
            if (i != j)
                factor[i, j] = sum / factor[j, j];
            else if (sum > 1e-13 * Math.Abs(matrix[i, i]))
                factor[i, i] = Math.Sqrt(sum);
            else
                return null;
        }
        return new(factor);
    }

    internal double[] Solve(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= factor[i, k] * x[k];
            x[i] /= factor[i, i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
                x[i] -= factor[k, i] * x[k];
            x[i] /= factor[i, i];
        }
        return x;
    }
}

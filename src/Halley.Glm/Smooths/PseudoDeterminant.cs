using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Products of the eigenvalues that are not zero.</summary>
static class PseudoDeterminant
{
    /// <summary>ln of the product of the largest eigenvalues, as many as the rank, by Jacobi's rotations.</summary>
    /// <remarks>Source: Golub and Van Loan (2013), Matrix Computations, section 8.5.</remarks>
    /// <param name="matrix">Symmetric, positive semi-definite, row by row, shape (p × p); left as it is.</param>
    internal static double Log(double[] matrix, int p, int rank)
    {
        var work = (double[])matrix.Clone();
        for (var sweep = 0; sweep < 60 && OffDiagonal(work, p) > 1e-30 * Reduce.Dot(matrix, matrix); sweep++)
        {
            for (var i = 0; i < p; i++)
            {
                for (var j = i + 1; j < p; j++)
                    Rotate(work, p, i, j);
            }
        }
        var values = Enumerable.Range(0, p).Select(i => work[i * p + i]).OrderDescending().Take(rank);
        return values.Sum(value => VectorMath.Log(value));
    }

    static double OffDiagonal(double[] matrix, int p)
    {
        var sum = 0.0;
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
                sum += i == j ? 0 : matrix[i * p + j] * matrix[i * p + j];
        }
        return sum;
    }

    static void Rotate(double[] a, int p, int i, int j)
    {
        var off = a[i * p + j];
        if (off == 0)
            return;
        var ratio = (a[j * p + j] - a[i * p + i]) / (2 * off);
        var tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = tangent * cosine;
        for (var k = 0; k < p; k++)
        {
            var (x, y) = (a[k * p + i], a[k * p + j]);
            (a[k * p + i], a[k * p + j]) = (cosine * x - sine * y, sine * x + cosine * y);
        }
        for (var k = 0; k < p; k++)
        {
            var (x, y) = (a[i * p + k], a[j * p + k]);
            (a[i * p + k], a[j * p + k]) = (cosine * x - sine * y, sine * x + cosine * y);
        }
    }
}

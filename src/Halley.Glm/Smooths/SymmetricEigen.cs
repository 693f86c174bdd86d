namespace Halley.Glm;

/// <summary>Eigenvalues and vectors of a small symmetric matrix by Jacobi's rotations.</summary>
/// <remarks>Source: Golub and Van Loan (2013), Matrix Computations, section 8.5.</remarks>
/// <param name="Values">Falling, shape (p).</param>
/// <param name="Vectors">Vector k in row k, shape (p × p).</param>
sealed record SymmetricEigen(double[] Values, double[] Vectors)
{
    const int MaxSweeps = 60;

    /// <param name="matrix">Row by row, shape (p × p); left as it is.</param>
    internal static SymmetricEigen Of(double[] matrix, int p)
    {
        var (work, vectors) = ((double[])matrix.Clone(), SplineShape.IdentityMap(p));
        var size = Kernels.Reduce.Dot(matrix, matrix);
        for (var sweep = 0; sweep < MaxSweeps && OffDiagonal(work, p) > 1e-30 * size; sweep++)
        {
            for (var i = 0; i < p; i++)
            {
                for (var j = i + 1; j < p; j++)
                    Rotate(work, vectors, p, i, j);
            }
        }
        int[] order = [.. Enumerable.Range(0, p).OrderByDescending(i => work[i * p + i])];
        return new([.. order.Select(i => work[i * p + i])], [.. order.SelectMany(i => vectors.AsSpan(i * p, p).ToArray())]);
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

    static void Rotate(double[] a, double[] vectors, int p, int i, int j)
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
        RotateRows(a, p, i, j, cosine, sine);
        RotateRows(vectors, p, i, j, cosine, sine);
    }

    static void RotateRows(double[] a, int p, int i, int j, double cosine, double sine)
    {
        for (var k = 0; k < p; k++)
        {
            var (x, y) = (a[i * p + k], a[j * p + k]);
            (a[i * p + k], a[j * p + k]) = (cosine * x - sine * y, sine * x + cosine * y);
        }
    }
}

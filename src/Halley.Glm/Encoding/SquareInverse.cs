namespace Halley.Glm;

/// <summary>The inverse of a small square matrix by elimination with row exchanges.</summary>
static class SquareInverse
{
    /// <param name="matrix">Regular, row by row, shape (p × p); left as it is.</param>
    internal static double[] Of(double[] matrix, int p)
    {
        var left = (double[])matrix.Clone();
        var inverse = SplineShape.IdentityMap(p);
        for (var column = 0; column < p; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < p; row++)
            {
                if (Math.Abs(left[row * p + column]) > Math.Abs(left[pivot * p + column]))
                    pivot = row;
            }
            Swap(left, p, column, pivot);
            Swap(inverse, p, column, pivot);
            var scale = 1 / left[column * p + column];
            for (var j = 0; j < p; j++)
            {
                left[column * p + j] *= scale;
                inverse[column * p + j] *= scale;
            }
            for (var row = 0; row < p; row++)
            {
                var factor = left[row * p + column];
                if (row == column || factor == 0)
                    continue;
                Kernels.Reduce.AddScaled(-factor, left.AsSpan(column * p, p), left.AsSpan(row * p, p));
                Kernels.Reduce.AddScaled(-factor, inverse.AsSpan(column * p, p), inverse.AsSpan(row * p, p));
            }
        }
        return inverse;
    }

    static void Swap(double[] matrix, int p, int one, int other)
    {
        if (one == other)
            return;
        for (var j = 0; j < p; j++)
            (matrix[one * p + j], matrix[other * p + j]) = (matrix[other * p + j], matrix[one * p + j]);
    }
}

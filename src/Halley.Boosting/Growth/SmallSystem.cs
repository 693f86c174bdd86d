namespace Halley.Boosting;

/// <summary>Solves the few equations of a leaf's linear model.</summary>
static class SmallSystem
{
    /// <summary>Solves A·x = b by Cholesky's decomposition.</summary>
    /// <param name="matrix">Shape (size × size), symmetric, its lower half; overwritten.</param>
    /// <param name="right">b; becomes x.</param>
    /// <returns>False where A is not safely positive definite.</returns>
    internal static bool Solve(double[] matrix, double[] right, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var whole = matrix[i * size + i];
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i * size + j];
                for (var k = 0; k < j; k++)
                    sum -= matrix[i * size + k] * matrix[j * size + k];
                if (i == j && !(sum > 1e-10 * whole))
                    return false;
                matrix[i * size + j] = i == j ? Math.Sqrt(sum) : sum / matrix[j * size + j];
            }
        }
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++)
                right[i] -= matrix[i * size + k] * right[k];
            right[i] /= matrix[i * size + i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
                right[i] -= matrix[k * size + i] * right[k];
            right[i] /= matrix[i * size + i];
        }
        return true;
    }
}

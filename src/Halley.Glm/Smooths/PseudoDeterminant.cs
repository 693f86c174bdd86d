using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Products of the eigenvalues that are not zero.</summary>
static class PseudoDeterminant
{
    /// <summary>ln of the product of the largest eigenvalues, as many as the rank.</summary>
    /// <param name="matrix">Symmetric, positive semi-definite, row by row, shape (p × p); left as it is.</param>
    internal static double Log(double[] matrix, int p, int rank) =>
        SymmetricEigen.Of(matrix, p).Values.Take(rank).Sum(value => VectorMath.Log(value));
}

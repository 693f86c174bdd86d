using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Products of small square matrices, row by row, shape (p × p).</summary>
static class DenseProduct
{
    /// <summary>outer·inner·outer for symmetric matrices.</summary>
    internal static double[] Around(double[] outer, double[] inner, int p) => Multiply(outer, Multiply(inner, outer, p), p);

    internal static double[] Multiply(double[] left, double[] right, int p)
    {
        var product = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            for (var k = 0; k < p; k++)
            {
                if (left[i * p + k] != 0)
                    Reduce.AddScaled(left[i * p + k], right.AsSpan(k * p, p), product.AsSpan(i * p, p));
            }
        }
        return product;
    }
}

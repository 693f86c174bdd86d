using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>The plain twin: a written-out design matrix, Fisher's steps, Gaussian elimination. Slow and obvious.</summary>
static class PlainGlm
{
    /// <summary>Coefficients and the inverse of the expected information.</summary>
    internal static (double[] Beta, double[,] Inverse) Fit(
        double[][] x,
        double[] y,
        double[] w,
        double[] offset,
        Family family,
        Link link,
        double[] start
    )
    {
        var (beta, p) = ((double[])start.Clone(), start.Length);
        for (var step = 0; ; step++)
        {
            var (information, score) = (new double[p, p], new double[p]);
            for (var row = 0; row < y.Length; row++)
            {
                var eta = offset[row] + x[row].Zip(beta, (value, coefficient) => value * coefficient).Sum();
                var (mu, slope) = (link.Inverse(eta), link.InverseDerivative(eta));
                var variance = family.Variance(mu);
                for (var i = 0; i < p; i++)
                {
                    score[i] += w[row] * (y[row] - mu) * slope / variance * x[row][i];
                    for (var j = 0; j < p; j++)
                        information[i, j] += w[row] * slope * slope / variance * x[row][i] * x[row][j];
                }
            }
            var inverse = Inverse(information);
            if (step == 200)
                return (beta, inverse);
            for (var i = 0; i < p; i++)
            {
                for (var j = 0; j < p; j++)
                    beta[i] += inverse[i, j] * score[j];
            }
        }
    }

    static double[,] Inverse(double[,] matrix)
    {
        var p = matrix.GetLength(0);
        var (left, right) = ((double[,])matrix.Clone(), new double[p, p]);
        for (var i = 0; i < p; i++)
            right[i, i] = 1;
        for (var pivot = 0; pivot < p; pivot++)
        {
            var divisor = left[pivot, pivot];
            for (var j = 0; j < p; j++)
                (left[pivot, j], right[pivot, j]) = (left[pivot, j] / divisor, right[pivot, j] / divisor);
            for (var i = 0; i < p; i++)
            {
                var factor = left[i, pivot];
                if (i == pivot)
                    continue;
                for (var j = 0; j < p; j++)
                    (left[i, j], right[i, j]) = (left[i, j] - factor * left[pivot, j], right[i, j] - factor * right[pivot, j]);
            }
        }
        return right;
    }
}

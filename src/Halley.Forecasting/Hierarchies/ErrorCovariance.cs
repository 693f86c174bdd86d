namespace Halley.Forecasting;

/// <summary>Covariances of one-step errors over nodes.</summary>
static class ErrorCovariance
{
    /// <summary>Mean squares on the diagonal, shape (nodes)(nodes).</summary>
    internal static double[,] Diagonal(double[][] errors)
    {
        var w = new double[errors.Length, errors.Length];
        for (var i = 0; i < errors.Length; i++)
            w[i, i] = errors[i].Average(e => e * e);
        return w;
    }

    /// <summary>Centred, over n − 1.</summary>
    internal static double[,] Full(double[][] errors)
    {
        var (k, n) = (errors.Length, errors[0].Length);
        var means = errors.Select(row => row.Average()).ToArray();
        var w = new double[k, k];
        for (var i = 0; i < k; i++)
        for (var j = 0; j <= i; j++)
        {
            var sum = 0.0;
            for (var t = 0; t < n; t++)
                sum += (errors[i][t] - means[i]) * (errors[j][t] - means[j]);
            w[i, j] = w[j, i] = sum / (n - 1);
        }
        return w;
    }

    /// <summary>The full covariance with its correlations shrunk towards 0, and the intensity in [0, 1].</summary>
    /// <remarks>Source: Schäfer and Strimmer (2005), Stat. Appl. Genet. Mol. Biol. 4(1), 32, target D.</remarks>
    internal static (double[,] W, double Lambda) Shrunk(double[][] errors)
    {
        var (k, n) = (errors.Length, errors[0].Length);
        var w = Full(errors);
        var scaled = errors
            .Select((row, i) => (row, Mean: row.Average(), Sd: Math.Sqrt(w[i, i])))
            .Select(node => node.row.Select(e => node.Sd > 0 ? (e - node.Mean) / node.Sd : 0).ToArray())
            .ToArray();
        var (variances, squares) = (0.0, 0.0);
        for (var i = 0; i < k; i++)
        for (var j = 0; j < i; j++)
        {
            var (sum, sumOfSquares) = (0.0, 0.0);
            for (var t = 0; t < n; t++)
            {
                var product = scaled[i][t] * scaled[j][t];
                sum += product;
                sumOfSquares += product * product;
            }
            variances += n / Math.Pow(n - 1, 3) * (sumOfSquares - sum * sum / n);
            squares += Math.Pow(sum / (n - 1), 2);
        }
        var lambda = squares > 0 ? Math.Clamp(variances / squares, 0, 1) : 1;
        for (var i = 0; i < k; i++)
        for (var j = 0; j < k; j++)
            if (i != j)
                w[i, j] *= 1 - lambda;
        return (w, lambda);
    }
}

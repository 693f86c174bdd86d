using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Means and differences of means with their standard errors, for what a decision earned against another.</summary>
public static class MeanDifference
{
    /// <summary>Mean of x, its standard error s/√n, and the t interval with n − 1 degrees of freedom. NaN bounds below two rows.</summary>
    public static Estimate Mean(ReadOnlySpan<double> x, double level = 0.95)
    {
        var (mean, variance) = Moments(x);
        return Estimate.StudentT(mean, Math.Sqrt(variance / x.Length), x.Length - 1, level);
    }

    /// <summary>Mean of first − second over the same rows: two arms that both answered each request.</summary>
    public static Estimate Paired(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95)
    {
        Shapes.Same(first, second);
        var difference = new double[first.Length];
        for (var row = 0; row < difference.Length; row++)
            difference[row] = first[row] - second[row];
        return Mean(difference, level);
    }

    /// <summary>Mean of first − mean of second over different rows: two arms of a random split, with unequal variances.</summary>
    /// <remarks>Source: Welch (1947), Biometrika 34, 28–35.</remarks>
    public static Estimate TwoSample(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95)
    {
        var (firstMean, firstVariance) = Moments(first);
        var (secondMean, secondVariance) = Moments(second);
        var (a, b) = (firstVariance / first.Length, secondVariance / second.Length);
        var freedom = (a + b) * (a + b) / (a * a / (first.Length - 1) + b * b / (second.Length - 1));
        // Two constant samples differ by a certain amount, whatever the degrees of freedom.
        if (a + b == 0)
            freedom = first.Length + second.Length - 2;
        return Estimate.StudentT(firstMean - secondMean, Math.Sqrt(a + b), freedom, level);
    }

    /// <summary>Rows an arm that would bring the interval's half width down to <paramref name="halfWidth"/>, at this estimate's spread.</summary>
    /// <param name="estimate">A mean or difference over <paramref name="rows"/> rows.</param>
    /// <param name="rows">Rows behind the estimate.</param>
    /// <param name="halfWidth">Half width wanted, above 0; |value| itself lets the interval leave zero.</param>
    public static double RowsNeeded(Estimate estimate, double rows, double halfWidth)
    {
        var now = 0.5 * (estimate.Upper - estimate.Lower);
        return Math.Max(rows, rows * (now / halfWidth) * (now / halfWidth));
    }

    /// <summary>Mean and variance with divisor n − 1, about the mean, so that large means cost no digits.</summary>
    static (double Mean, double Variance) Moments(ReadOnlySpan<double> x)
    {
        if (x.IsEmpty)
            return (double.NaN, double.NaN);
        var mean = Reduce.Sum(x) / x.Length;
        var squares = 0.0;
        foreach (var value in x)
            squares += (value - mean) * (value - mean);
        return (mean, squares / (x.Length - 1));
    }
}

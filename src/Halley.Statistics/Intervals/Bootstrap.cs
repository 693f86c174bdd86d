using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Standard errors of any figure by resampling rows.</summary>
public static class Bootstrap
{
    /// <summary>A figure of rows that count <paramref name="multiplicity"/> times each, shape (n).</summary>
    public delegate double Statistic(ReadOnlySpan<double> multiplicity);

    /// <summary>P(K ≤ k) of a Poisson variable with mean 1, k = 0 … 11; the rest is below 1e-9.</summary>
    static readonly double[] PoissonSteps = CumulativePoisson();

    /// <summary>The figure on the rows as they are, the spread of its resamples, and the normal interval that follows.</summary>
    /// <remarks>
    /// Every row counts an independent Poisson(1) number of times, drawn from seed, resample and row alone.
    /// Sources: Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 6 and 13; Hanley and MacGibbon (2006),
    /// Computer Methods and Programs in Biomedicine 83, 57–62 (Poisson counts). Resamples without a finite figure are left out.
    /// </remarks>
    public static Estimate Interval(
        int rowCount,
        Statistic statistic,
        BootstrapOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(statistic);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Replicates, 20);
        var multiplicity = new double[rowCount];
        Array.Fill(multiplicity, 1);
        var value = statistic(multiplicity);
        var replicates = new double[options.Replicates];
        WorkItems.For(
            options.Replicates,
            options.Threads,
            replicate => replicates[replicate] = Resample(rowCount, options.Seed, replicate, statistic),
            cancellation
        );
        return Estimate.Normal(value, StandardDeviation(replicates), options.Level);
    }

    static double Resample(int rowCount, ulong seed, int replicate, Statistic statistic)
    {
        var multiplicity = new double[rowCount];
        for (var row = 0; row < rowCount; row++)
            multiplicity[row] = PoissonOne(CounterRandom.Uniform(seed, (ulong)replicate, (ulong)row));
        return statistic(multiplicity);
    }

    static double PoissonOne(double uniform)
    {
        var count = 0;
        while (count < PoissonSteps.Length && uniform > PoissonSteps[count])
            count++;
        return count;
    }

    static double[] CumulativePoisson()
    {
        var steps = new double[12];
        var (probability, sum) = (VectorMath.Exp(-1), 0.0);
        for (var k = 0; k < steps.Length; k++)
        {
            sum += probability;
            steps[k] = sum;
            probability /= k + 1;
        }
        return steps;
    }

    static double StandardDeviation(double[] values)
    {
        var finite = Array.FindAll(values, double.IsFinite);
        if (finite.Length < 2)
            return double.NaN;
        var mean = Reduce.Sum(finite) / finite.Length;
        var squares = 0.0;
        foreach (var value in finite)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (finite.Length - 1));
    }
}

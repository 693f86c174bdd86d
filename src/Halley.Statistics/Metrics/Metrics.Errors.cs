using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Figures that say how good predictions are. Spans have shape (n); an empty weight or exposure stands for ones.</summary>
/// <remarks>Rows of zero weight or exposure change nothing. Row order changes a figure by rounding only.</remarks>
public static partial class Metrics
{
    /// <summary>Σ w·d(y, μ) / n, a mean per row: the published figures of claim counts with the exposure inside μ.</summary>
    public static double MeanDeviancePerRow(
        Family family,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    ) => family.Deviance(y, mu, weight) / y.Length;

    /// <summary>Σ w·d(y, μ) / Σ w, a mean per unit of weight: for rates weighted by exposure, or sizes by claim counts.</summary>
    public static double MeanDeviance(
        Family family,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    ) => family.Deviance(y, mu, weight) / Total(y.Length, weight);

    /// <summary>1 − deviance / deviance of the weighted mean: the share explained, at most 1, negative where worse than the mean.</summary>
    public static double DevianceExplained(
        Family family,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    )
    {
        var mean = WeightedMean(y, weight);
        var nullDeviance = 0.0;
        for (var i = 0; i < y.Length; i++)
            nullDeviance += WeightAt(weight, i) * family.UnitDeviance(y[i], mean);
        return 1 - family.Deviance(y, mu, weight) / nullDeviance;
    }

    /// <summary>Σ w·|y − μ| / Σ w.</summary>
    public static double MeanAbsoluteError(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> weight = default)
    {
        Shapes.Check(y, mu, weight);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += WeightAt(weight, i) * Math.Abs(y[i] - mu[i]);
        return sum / Total(y.Length, weight);
    }

    /// <summary>√(Σ w·(y − μ)² / Σ w).</summary>
    public static double RootMeanSquaredError(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    ) => Math.Sqrt(MeanSquaredError(y, mu, weight));

    /// <summary>The Brier score Σ w·(y − p)² / Σ w of probabilities p for y in {0, 1}.</summary>
    public static double Brier(ReadOnlySpan<double> y, ReadOnlySpan<double> probability, ReadOnlySpan<double> weight = default) =>
        MeanSquaredError(y, probability, weight);

    /// <summary>−Σ w·(y·ln p + (1 − y)·ln(1 − p)) / Σ w; +∞ where a certain prediction was wrong.</summary>
    public static double LogLoss(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> probability,
        ReadOnlySpan<double> weight = default
    ) => LogLossSum(y, probability, weight) / Total(y.Length, weight);

    /// <summary>−Σ w·(y·ln p + (1 − y)·ln(1 − p)), for rows that come part by part.</summary>
    public static double LogLossSum(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> probability,
        ReadOnlySpan<double> weight = default
    )
    {
        Shapes.Check(y, probability, weight);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            var yes = y[i] == 0 ? 0 : y[i] * VectorMath.Log(probability[i]);
            var no = y[i] == 1 ? 0 : (1 - y[i]) * VectorMath.LogOnePlus(-probability[i]);
            sum -= WeightAt(weight, i) * (yes + no);
        }
        return sum;
    }

    /// <summary>Σ w·y / Σ w.</summary>
    public static double WeightedMean(ReadOnlySpan<double> y, ReadOnlySpan<double> weight = default)
    {
        if (weight.IsEmpty)
            return Reduce.Sum(y) / y.Length;
        Shapes.Same(y, weight);
        return Reduce.Dot(weight, y) / Reduce.Sum(weight);
    }

    static double MeanSquaredError(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> weight) =>
        SquaredErrorSum(y, mu, weight) / Total(y.Length, weight);

    /// <summary>Σ w·(y − μ)², for rows that come part by part.</summary>
    public static double SquaredErrorSum(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> weight = default)
    {
        Shapes.Check(y, mu, weight);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += WeightAt(weight, i) * (y[i] - mu[i]) * (y[i] - mu[i]);
        return sum;
    }

    static double WeightAt(ReadOnlySpan<double> weight, int row) => weight.IsEmpty ? 1 : weight[row];

    static double Total(int rowCount, ReadOnlySpan<double> weight) => weight.IsEmpty ? rowCount : Reduce.Sum(weight);
}

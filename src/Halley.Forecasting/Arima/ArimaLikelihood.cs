using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>A criterion of an ARIMA model at its polynomials, with constant and regressors at their best.</summary>
abstract class ArimaLikelihood(ArimaDesign design)
{
    const double LogTwoPi = 1.8378770664093453;

    protected ArimaDesign Design => design;

    protected WhitenedRegression Regression { get; } = new(design.ColumnCount);

    /// <summary>Coefficients of the orthonormal columns at the last evaluation.</summary>
    internal ReadOnlySpan<double> Columns => Regression.Coefficients;

    /// <summary>Sum of squared standardised errors at the last evaluation, and how many they are.</summary>
    internal double Squares { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Σ log of the errors' relative variances at the last evaluation.</summary>
    internal double SumLog { get; private set; }

    internal double LogLikelihood => -0.5 * (Count * (LogTwoPi + 1 + VectorMath.Log(Squares / Count)) + SumLog);

    /// <summary>½(n log(Σe²/n) + Σ log F), +∞ outside the domain.</summary>
    /// <param name="phi">Expanded autoregressive lags.</param>
    /// <param name="theta">Expanded moving-average lags.</param>
    internal double Evaluate(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        Regression.Clear();
        if (Gather(phi, theta) is not { } gathered)
            return double.PositiveInfinity;
        (Count, SumLog) = gathered;
        Squares = Regression.Solve();
        var value = 0.5 * (Count * VectorMath.Log(Squares / Count) + SumLog);
        return double.IsFinite(value) ? value : double.PositiveInfinity;
    }

    /// <summary>Hands every step's errors to the regression; null outside the domain.</summary>
    protected abstract (int Count, double SumLog)? Gather(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta);
}

namespace Halley.Forecasting;

/// <summary>Moments of a stationary ARMA process with errors of variance 1.</summary>
/// <remarks>
/// Autocovariances of the autoregression alone follow from its partial autocorrelations; the moving average then mixes them.
/// State i of the process holds what is known at t of the value at t + i: a_t[i] = Σ_{j≥i} (φ_j y_(t+i−j−1) + θ_(j−1) ε_(t+i−j)), in lags from 1.
/// </remarks>
sealed class ArmaMoments(int arLength, int maLength)
{
    readonly double[] partial = new double[arLength];
    readonly double[] work = new double[arLength];
    readonly double[] half = new double[arLength];
    readonly double[] auto = new double[Math.Max(arLength, maLength + 1) + maLength + 2];
    readonly double[] gamma = new double[Math.Max(arLength, maLength + 1) + 1];
    readonly double[] psi = new double[maLength + 1];
    readonly double[] mixed = new double[maLength + 1];

    /// <summary>Dimension of the state.</summary>
    internal int Length => Math.Max(arLength, maLength + 1);

    /// <summary>Covariances of the state with the value, shape (<see cref="Length"/>): the first column of the state's covariance.</summary>
    /// <returns>False where the process is not stationary.</returns>
    internal bool TryFirstColumn(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta, Span<double> column)
    {
        if (!ArimaPolynomials.TryPartial(phi, partial, work))
            return false;
        Autoregression(phi);
        Mix(theta);
        Weights(phi, theta);
        for (var i = 0; i < column.Length; i++)
        {
            var sum = 0.0;
            for (var j = i; j < phi.Length; j++)
                sum += phi[j] * gamma[j + 1 - i];
            // θ_0 = 1 stands at j = 0.
            for (var j = i; j <= theta.Length; j++)
                sum += (j == 0 ? 1 : theta[j - 1]) * psi[j - i];
            column[i] = sum;
        }
        return true;
    }

    /// <summary>Autocovariances of φ(B)u = ε, lags 0 and up.</summary>
    void Autoregression(ReadOnlySpan<double> phi)
    {
        var p = phi.Length;
        var variance = 1.0;
        for (var k = 0; k < p; k++)
            variance /= 1 - partial[k] * partial[k];
        auto[0] = variance;
        // Durbin and Levinson's recursion, forwards: γ_k from the model of order k.
        var error = variance;
        for (var k = 0; k < p; k++)
        {
            var sum = partial[k] * error;
            for (var i = 0; i < k; i++)
                sum += half[i] * auto[k - i];
            auto[k + 1] = sum;
            error *= 1 - partial[k] * partial[k];
            for (int i = 0, j = k - 1; i <= j; i++, j--)
            {
                var (left, right) = (half[i], half[j]);
                half[i] = left - partial[k] * right;
                if (i != j)
                    half[j] = right - partial[k] * left;
            }
            half[k] = partial[k];
        }
        for (var k = p + 1; k < auto.Length; k++)
        {
            var sum = 0.0;
            for (var i = 0; i < p; i++)
                sum += phi[i] * auto[k - 1 - i];
            auto[k] = sum;
        }
    }

    /// <summary>γ of θ(B)u from γ of u.</summary>
    void Mix(ReadOnlySpan<double> theta)
    {
        var q = theta.Length;
        for (var lag = 0; lag <= q; lag++)
        {
            var sum = lag == 0 ? 1 : theta[lag - 1];
            for (var i = 0; i + lag < q; i++)
                sum += theta[i] * theta[i + lag];
            mixed[lag] = sum;
        }
        for (var k = 0; k < gamma.Length; k++)
        {
            var sum = mixed[0] * auto[k];
            for (var lag = 1; lag <= q; lag++)
            {
                if (mixed[lag] != 0)
                    sum += mixed[lag] * (auto[k + lag] + auto[Math.Abs(k - lag)]);
            }
            gamma[k] = sum;
        }
    }

    /// <summary>ψ weights up to the moving average's length.</summary>
    void Weights(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        psi[0] = 1;
        for (var k = 1; k < psi.Length; k++)
        {
            var sum = theta[k - 1];
            for (var i = 0; i < Math.Min(k, phi.Length); i++)
                sum += phi[i] * psi[k - 1 - i];
            psi[k] = sum;
        }
    }
}

using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Exact likelihood of the differenced values, without gaps, in time linear in the length of the model.</summary>
/// <remarks>
/// The Kalman filter of the ARMA state, whose covariance starts at the stationary one; then every change of it has rank 1 and only
/// that is carried on: P_(t+1) − P_t = m·l·lᵀ. Source: Morf, Sidhu and Kailath (1974), IEEE Trans. Autom. Control 19(4), 315–323; Mélard
/// (1984), Applied Statistics 33(1), 104–114. Once the change is lost in rounding, errors follow the plain recursion.
/// </remarks>
sealed class ExactLikelihood : ArimaLikelihood
{
    // Below this the gain moves no digit that a likelihood shows.
    const double Settled = 1e-14;

    readonly ArmaMoments moments;
    readonly LagSum lags = new();
    readonly double[] gain;
    readonly double[] change;
    readonly double[] phiPadded;
    readonly double[] states;
    readonly double[] errors;

    internal ExactLikelihood(ArimaDesign design, ArimaOrder order)
        : base(design)
    {
        moments = new(order.ArLength, order.MaLength);
        (gain, change, phiPadded) = (new double[moments.Length], new double[moments.Length], new double[moments.Length]);
        states = new double[(design.ColumnCount + 1) * (moments.Length + 1)];
        errors = new double[(design.ColumnCount + 1) * design.Target.Length];
    }

    protected override (int Count, double SumLog)? Gather(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        var (k, n, r) = (Design.ColumnCount, Design.Target.Length, moments.Length);
        // 1. P_1 of the stationary state: only its first column c is needed. F_1 = c_0, gain K_1 = T c.
        if (!moments.TryFirstColumn(phi, theta, change))
            return null;
        var variance = change[0];
        Array.Clear(phiPadded);
        phi.CopyTo(phiPadded);
        Step(change, variance, gain);
        gain.CopyTo(change, 0);
        var weight = -1 / variance;
        Array.Clear(states);
        Span<double> row = stackalloc double[k + 1];
        var (t, sumLog, product) = (0, 0.0, 1.0);
        for (; t < n; t++)
        {
            // 2. Errors of this step, and the states of the next.
            if (!(variance > 0))
                return null;
            // One logarithm for many variances.
            product *= variance;
            if (product is > 1e200 or < 1e-200)
                (sumLog, product) = (sumLog + VectorMath.Log(product), 1);
            for (var j = 0; j <= k; j++)
                errors[j * n + t] = row[j] = Error(j, t, variance);
            Regression.Add(row, 1 / variance);
            // 3. F, K, l and m of the next step.
            var head = change[0];
            var next = variance + weight * head * head;
            var largest = Turn(weight * head, head / variance);
            weight -= weight * weight * head * head / next;
            variance = next;
            if (Math.Abs(weight) * largest < Settled)
                break;
        }
        return (n, sumLog + VectorMath.Log(product) + Rest(t + 1, variance, phi, theta, row));
    }

    /// <summary>T c: shifted, plus φ times its head.</summary>
    void Step(ReadOnlySpan<double> column, double head, Span<double> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = phiPadded[i] * head + (i + 1 < column.Length ? column[i + 1] : 0);
    }

    double Error(int j, int t, double variance)
    {
        var value = (j < Design.ColumnCount ? Design.Differenced[j] : Design.Target)[t];
        var state = states.AsSpan(j * (gain.Length + 1), gain.Length + 1);
        var (head, error) = (state[0], value - state[0]);
        var pull = error / variance;
        var k = gain.AsSpan();
        var phi = phiPadded.AsSpan(0, gain.Length);
        // One entry past the end stays 0.
        for (var i = 0; i < k.Length; i++)
            state[i] = phi[i] * head + state[i + 1] + k[i] * pull;
        return error;
    }

    /// <summary>K ← K + T l·(m·l_0); l ← T l − K_old·l_0/F. Returns the largest squared entry of l.</summary>
    double Turn(double byWeight, double byVariance)
    {
        var l = change.AsSpan();
        var k = gain.AsSpan(0, change.Length);
        var phi = phiPadded.AsSpan(0, l.Length);
        var (head, largest) = (l[0], 0.0);
        for (var i = 0; i < l.Length; i++)
        {
            var moved = phi[i] * head + (i + 1 < l.Length ? l[i + 1] : 0);
            l[i] = moved - k[i] * byVariance;
            k[i] += moved * byWeight;
            largest = Math.Max(largest, l[i] * l[i]);
        }
        return largest;
    }

    /// <summary>The steps after the filter has settled; variance 1 but for rounding.</summary>
    double Rest(int from, double variance, ReadOnlySpan<double> phi, ReadOnlySpan<double> theta, Span<double> row)
    {
        var (k, n) = (Design.ColumnCount, Design.Target.Length);
        if (from >= n)
            return 0;
        lags.Set(phi, theta);
        for (var j = 0; j <= k; j++)
            lags.Continue(j < k ? Design.Differenced[j] : Design.Target, from, errors.AsSpan(j * n, n));
        for (var t = from; t < n; t++)
        {
            for (var j = 0; j <= k; j++)
                row[j] = errors[j * n + t];
            Regression.Add(row, 1 / variance);
        }
        return (n - from) * VectorMath.Log(variance);
    }
}

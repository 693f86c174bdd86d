namespace Halley.Forecasting;

/// <summary>Kalman filter of an ARIMA model in levels: takes gaps, and gives the distribution of what follows.</summary>
/// <remarks>
/// The state is that of the ARMA process and then the values that differencing needs, whose prior is vague (variance
/// <see cref="Vague"/>), as in R's <c>arima</c>; steps that only settle it count in no sum. Source: Harvey (1989), section 3.3.
/// <code>a = [ ARMA state, r | y_(t−1) … y_(t−d−Dm) ]</code>
/// </remarks>
sealed class ArimaFilter
{
    internal const double Vague = 1e6;
    const double Uninformed = 1e4;

    readonly int r;
    readonly int size;
    readonly double[] phi;
    readonly double[] theta;
    readonly double[] differencing;
    readonly double[] moved;
    readonly double[] gain;

    ArimaFilter(ArimaOrder order, ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        r = Math.Max(order.ArLength, order.MaLength + 1);
        (this.phi, this.theta) = (new double[r], new double[r]);
        phi.CopyTo(this.phi);
        this.theta[0] = 1;
        theta.CopyTo(this.theta.AsSpan(1));
        differencing = ArimaPolynomials.Differencing(order);
        size = r + differencing.Length;
        (moved, gain) = (new double[size * size], new double[size]);
        Covariance = new double[size * size];
    }

    /// <summary>Shape (size)(size): of the next step's state.</summary>
    internal double[] Covariance { get; private set; }

    /// <summary>The filter before the first step, or null where the process is not stationary.</summary>
    internal static ArimaFilter? Start(ArimaOrder order, ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        var filter = new ArimaFilter(order, phi, theta);
        var column = new double[filter.r];
        if (!new ArmaMoments(order.ArLength, order.MaLength).TryFirstColumn(phi, theta, column))
            return null;
        filter.Fill(column);
        return filter;
    }

    internal double[] NewState() => new double[size];

    internal ArimaFilter Copy()
    {
        var copy = (ArimaFilter)MemberwiseClone();
        copy.Covariance = (double[])Covariance.Clone();
        return copy;
    }

    /// <summary>The value of a state, and the relative variance of it.</summary>
    internal double Value(ReadOnlySpan<double> state)
    {
        var sum = state[0];
        for (var i = 0; i < differencing.Length; i++)
            sum += differencing[i] * state[r + i];
        return sum;
    }

    /// <summary>Leaves the gain of a known value and returns the relative variance of its error.</summary>
    internal double Observe()
    {
        for (var i = 0; i < size; i++)
            gain[i] = Value(Covariance.AsSpan(i * size, size));
        return Value(gain);
    }

    internal static bool IsInformed(double variance) => variance < Uninformed;

    /// <summary>Takes an error into a state, after <see cref="Observe"/>.</summary>
    internal void Correct(Span<double> state, double error, double variance)
    {
        for (var i = 0; i < size; i++)
            state[i] += gain[i] * error / variance;
    }

    /// <summary>Takes a known value into the covariance, after <see cref="Observe"/>.</summary>
    internal void Correct(double variance)
    {
        for (var i = 0; i < size; i++)
        {
            var row = Covariance.AsSpan(i * size, size);
            var scaled = gain[i] / variance;
            for (var j = 0; j < row.Length; j++)
                row[j] -= scaled * gain[j];
        }
    }

    /// <summary>State of the next step.</summary>
    internal void Advance(Span<double> state)
    {
        var (head, value) = (state[0], Value(state));
        for (var i = 0; i < r; i++)
            state[i] = phi[i] * head + (i + 1 < r ? state[i + 1] : 0);
        for (var i = size - 1; i > r; i--)
            state[i] = state[i - 1];
        if (size > r)
            state[r] = value;
    }

    /// <summary>P ← T P Tᵀ + R Rᵀ.</summary>
    internal void Advance()
    {
        // T works on rows, then on columns: both as Advance does on one state. The transpose in between is free: P is symmetric.
        Covariance.CopyTo(moved, 0);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < size; i++)
                Advance(moved.AsSpan(i * size, size));
            Transpose(moved);
        }
        for (var i = 0; i < r; i++)
        for (var j = 0; j < r; j++)
            moved[i * size + j] += theta[i] * theta[j];
        moved.CopyTo(Covariance, 0);
    }

    void Transpose(double[] matrix)
    {
        for (var i = 0; i < size; i++)
        for (var j = 0; j < i; j++)
            (matrix[i * size + j], matrix[j * size + i]) = (matrix[j * size + i], matrix[i * size + j]);
    }

    /// <summary>Stationary covariance from its first column, P_ij = φ_iφ_j P_00 + φ_i P_0,j+1 + φ_j P_i+1,0 + P_i+1,j+1 + θ_iθ_j.</summary>
    void Fill(double[] column)
    {
        for (var i = r - 1; i >= 0; i--)
        for (var j = r - 1; j >= i; j--)
        {
            var value = phi[i] * phi[j] * column[0] + theta[i] * theta[j];
            if (j + 1 < r)
                value += phi[i] * column[j + 1] + Covariance[(i + 1) * size + j + 1];
            if (i + 1 < r)
                value += phi[j] * column[i + 1];
            Covariance[i * size + j] = Covariance[j * size + i] = value;
        }
        for (var i = r; i < size; i++)
            Covariance[i * size + i] = Vague;
    }
}

namespace Halley.Forecasting;

/// <summary>The recursion e_t = w_t − Σ φ_i w_(t−i) − Σ θ_j e_(t−j) over the lags that are not zero.</summary>
sealed class LagSum
{
    readonly List<(int Lag, double Value)> ar = [];
    readonly List<(int Lag, double Value)> ma = [];

    internal void Set(ReadOnlySpan<double> phi, ReadOnlySpan<double> theta)
    {
        Fill(ar, phi);
        Fill(ma, theta);
    }

    /// <summary>Errors of steps from <paramref name="from"/> on, given those before.</summary>
    internal void Continue(ReadOnlySpan<double> w, int from, Span<double> errors)
    {
        errors = errors[..w.Length];
        for (var t = from; t < w.Length; t++)
            errors[t] = At(w, errors, t);
    }

    /// <summary>Errors of steps from <paramref name="from"/> on, zero before.</summary>
    internal void Filter(ReadOnlySpan<double> w, int from, Span<double> errors)
    {
        errors[..Math.Min(from, errors.Length)].Clear();
        Continue(w, from, errors);
    }

    double At(ReadOnlySpan<double> w, ReadOnlySpan<double> errors, int t)
    {
        var error = w[t];
        foreach (var (lag, value) in ar)
        {
            if (lag > t)
                break;
            error -= value * w[t - lag];
        }
        foreach (var (lag, value) in ma)
        {
            if (lag > t)
                break;
            // An error that a gap leaves unknown counts as none.
            error -= double.IsNaN(errors[t - lag]) ? 0 : value * errors[t - lag];
        }
        return error;
    }

    static void Fill(List<(int Lag, double Value)> lags, ReadOnlySpan<double> coefficients)
    {
        lags.Clear();
        for (var i = 0; i < coefficients.Length; i++)
        {
            if (coefficients[i] != 0)
                lags.Add((i + 1, coefficients[i]));
        }
    }
}

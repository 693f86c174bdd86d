using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Finds the parameters of least squared errors of one form.</summary>
sealed class CesSearch : IGradientObjective
{
    const double Small = 1e-5;
    const double Lowest = 0.01;
    static readonly double[] Highest = [1.8, 1.9, 1.5, 1.5];

    // Level at rest, level on the move, a season on the move, and the edge of stability.
    static readonly double[][] Starts =
    [
        [1.3, 1, 0.02, 0.98],
        [1.7, 1.03, 1.25, 1.05],
        [0.93, 0.997, 0.3, 1],
        [1.1, 0.99, 1.15, 1.1],
    ];

    readonly CesSeason season;
    readonly double[] y;
    readonly int m;
    readonly double[] first;
    readonly double[] states;
    readonly double[] fitted;

    CesSearch(CesSeason season, double[] y, int m)
    {
        (this.season, this.y, this.m) = (season, y, m);
        first = CesStart.States(season, y, m);
        (states, fitted) = (new double[first.Length], new double[y.Length]);
    }

    internal static CesFit Fit(CesSeason season, double[] y, int m)
    {
        var search = new CesSearch(season, y, season == CesSeason.None ? 1 : m);
        var (best, lowest) = ((double[]?)null, double.PositiveInfinity);
        foreach (var start in Starts)
        {
            var (x, value) = search.Descend(search.Encode(start));
            if (value < lowest)
                (best, lowest) = (x, value);
        }
        return CesFit.At(season, search.Decode(best ?? search.Encode(Starts[0])), y, m);
    }

    /// <summary>Descends again from where it stopped, as long as that gains: valleys at the edge of stability are narrow.</summary>
    (double[] X, double Value) Descend(double[] start)
    {
        var (x, value, _) = QuasiNewton.Minimise(this, start, new());
        for (var again = 0; again < 4; again++)
        {
            var (next, lower, _) = QuasiNewton.Minimise(this, x, new());
            var gain = value - lower;
            if (!(gain > 0))
                break;
            (x, value) = (next, lower);
            if (gain < 1e-6)
                break;
        }
        return (x, value);
    }

    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var value = Value(Decode(x));
        if (!double.IsFinite(value))
            return double.PositiveInfinity;
        Span<double> nearby = stackalloc double[x.Length];
        x.CopyTo(nearby);
        for (var i = 0; i < x.Length; i++)
        {
            nearby[i] = x[i] + Small;
            var above = Value(Decode(nearby));
            nearby[i] = x[i] - Small;
            var below = Value(Decode(nearby));
            gradient[i] = double.IsFinite(above) && double.IsFinite(below) ? (above - below) / (2 * Small) : 0;
            nearby[i] = x[i];
        }
        return value;
    }

    /// <summary>−log likelihood.</summary>
    double Value(CesParameters parameters)
    {
        var recursion = new CesRecursion(season, m, parameters);
        first.CopyTo(states, 0);
        recursion.Run(y, states, backwards: false, fitted);
        CesRecursion.Reverse(states);
        recursion.Run(y, states, backwards: true, fitted);
        CesRecursion.Reverse(states);
        return 0.5 * y.Length * VectorMath.Log(recursion.Run(y, states, backwards: false, fitted));
    }

    double[] Encode(double[] parameters)
    {
        var x = new double[CesFit.SmoothingCount(season)];
        for (var i = 0; i < x.Length; i++)
        {
            var share = (parameters[i] - Lowest) / (Highest[i] - Lowest);
            x[i] = VectorMath.Log(share / (1 - share));
        }
        return x;
    }

    CesParameters Decode(ReadOnlySpan<double> x)
    {
        Span<double> all = stackalloc double[4];
        for (var i = 0; i < x.Length; i++)
            all[i] = Lowest + (Highest[i] - Lowest) * VectorMath.Logistic(x[i]);
        return new(all[0], all[1], all[2], all[3]);
    }
}

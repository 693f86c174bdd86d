namespace Halley.Forecasting;

/// <summary>Season, trend and remainder by local regression.</summary>
/// <remarks>Source: Cleveland, Cleveland, McRae and Terpenning (1990), J. Official Statistics 6(1), 3–73; windows and jumps as R's <c>stl</c>.</remarks>
sealed class StlDecomposition
{
    readonly int m;
    readonly int inner;
    readonly int outer;
    readonly Loess seasonal;
    readonly Loess trending;
    readonly Loess low;
    readonly double[] y;
    readonly double[] robustness;

    StlDecomposition(double[] y, int m, StlOptions options)
    {
        (this.y, this.m) = (y, m);
        var n = y.Length;
        var s = options.SeasonWindow ?? 10 * n + 1;
        var t = options.TrendWindow ?? NextOdd(Math.Ceiling(1.5 * m / (1 - 1.5 / s)));
        var l = NextOdd(m);
        seasonal = new(Odd(s), options.SeasonWindow is null ? 0 : options.SeasonDegree, Jump(s));
        trending = new(Odd(t), 1, Jump(t));
        low = new(Odd(l), 1, Jump(l));
        (inner, outer) = options.Robust ? (1, 15) : (2, 0);
        robustness = options.Robust ? new double[n] : [];
        (Season, Trend) = (new double[n], new double[n]);
        Run();
        if (options.SeasonWindow is null)
            Repeat();
    }

    internal double[] Season { get; }

    internal double[] Trend { get; }

    internal double[] Remainder => [.. y.Select((value, t) => value - Season[t] - Trend[t])];

    /// <param name="y">Shape (n), without gaps, more than two whole seasons.</param>
    internal static StlDecomposition Of(double[] y, int m, StlOptions options) => new(y, m, options);

    void Run()
    {
        for (var pass = 0; pass <= outer; pass++)
        {
            Pass(pass == 0 ? [] : robustness);
            if (pass < outer)
                Weigh();
        }
    }

    void Pass(double[] weights)
    {
        var n = y.Length;
        var (rest, cycles, smooth, work) = (new double[n], new double[n + 2 * m], new double[n + 2 * m], new double[n + 2 * m]);
        for (var round = 0; round < inner; round++)
        {
            // 1. Without trend, 2. each position of the season smoothed over years and prolonged by one at both ends.
            for (var t = 0; t < n; t++)
                rest[t] = y[t] - Trend[t];
            Cycles(rest, weights, cycles);
            // 3. What is no season in it: three moving averages and a regression.
            var average = Average(Average(Average(cycles, m), m), 3);
            low.Smooth(average, [], smooth.AsSpan(0, n), work);
            for (var t = 0; t < n; t++)
            {
                Season[t] = cycles[m + t] - smooth[t];
                rest[t] = y[t] - Season[t];
            }
            // 4. The trend of the rest.
            trending.Smooth(rest, weights, Trend, work);
        }
    }

    void Cycles(double[] rest, double[] weights, double[] cycles)
    {
        var n = y.Length;
        for (var position = 0; position < m; position++)
        {
            var count = (n - position - 1) / m + 1;
            var (part, work, smooth) = (new double[count], new double[count], new double[count + 2]);
            var weight = weights.Length == 0 ? [] : new double[count];
            for (var i = 0; i < count; i++)
            {
                part[i] = rest[position + i * m];
                if (weight.Length > 0)
                    weight[i] = weights[position + i * m];
            }
            seasonal.Smooth(part, weight, smooth.AsSpan(1, count), work);
            var reach = Math.Min(seasonal.Length, count);
            smooth[0] = seasonal.TryAt(part, weight, -1, 0, reach - 1, work, out var before) ? before : smooth[1];
            smooth[^1] = seasonal.TryAt(part, weight, count, count - reach, count - 1, work, out var after) ? after : smooth[^2];
            for (var i = 0; i < smooth.Length; i++)
                cycles[position + i * m] = smooth[i];
        }
    }

    /// <summary>Bisquare weights of the remainders.</summary>
    void Weigh()
    {
        var sizes = Remainder.Select(Math.Abs).ToArray();
        var sorted = (double[])sizes.Clone();
        Array.Sort(sorted);
        var n = sorted.Length;
        var limit = 3 * (sorted[n / 2] + sorted[n - n / 2 - 1]);
        for (var t = 0; t < n; t++)
        {
            var share = 1 - sizes[t] / limit * (sizes[t] / limit);
            robustness[t] =
                sizes[t] <= 0.001 * limit ? 1
                : sizes[t] <= 0.999 * limit ? share * share
                : 0;
        }
    }

    /// <summary>A season that never changes is each position's mean.</summary>
    void Repeat()
    {
        for (var position = 0; position < m; position++)
        {
            var (sum, count) = (0.0, 0);
            for (var t = position; t < Season.Length; t += m)
                (sum, count) = (sum + Season[t], count + 1);
            for (var t = position; t < Season.Length; t += m)
                Season[t] = sum / count;
        }
    }

    static double[] Average(double[] x, int length)
    {
        var result = new double[x.Length - length + 1];
        var sum = 0.0;
        for (var i = 0; i < length; i++)
            sum += x[i];
        result[0] = sum / length;
        for (var i = 1; i < result.Length; i++)
        {
            sum += x[i + length - 1] - x[i - 1];
            result[i] = sum / length;
        }
        return result;
    }

    static int Jump(int window) => (window + 9) / 10;

    static int Odd(int window) => Math.Max(3, window % 2 == 0 ? window + 1 : window);

    static int NextOdd(double value)
    {
        var rounded = (int)Math.Round(value);
        return rounded % 2 == 0 ? rounded + 1 : rounded;
    }
}

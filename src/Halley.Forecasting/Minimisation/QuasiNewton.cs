namespace Halley.Forecasting;

/// <summary>Minimises a smooth function of few variables by BFGS steps with a backtracking line search.</summary>
/// <remarks>Source: Nocedal and Wright (2006), Numerical Optimization, algorithm 6.1 with (6.20) for the first scale.</remarks>
sealed class QuasiNewton(IGradientObjective objective, MinimiserOptions options)
{
    const double Descent = 1e-4;
    const int Halvings = 30;

    /// <summary>The best point found from <paramref name="start"/>, its value, and the steps taken.</summary>
    internal static (double[] X, double Value, int Steps) Minimise(
        IGradientObjective objective,
        ReadOnlySpan<double> start,
        MinimiserOptions options
    ) => new QuasiNewton(objective, options).Run(start);

    (double[] X, double Value, int Steps) Run(ReadOnlySpan<double> start)
    {
        var k = start.Length;
        var (x, next) = (start.ToArray(), new double[k]);
        var (gradient, nextGradient, direction) = (new double[k], new double[k], new double[k]);
        var inverse = new double[k * k];
        var value = objective.Evaluate(x, gradient);
        if (!double.IsFinite(value) || k == 0)
            return (x, value, 0);
        var (isFresh, small, step) = (true, 0, 0);
        Reset(inverse, k, options.FirstScale);
        for (; step < options.MaximumSteps && small < 2; step++)
        {
            var slope = Direction(inverse, gradient, direction);
            if (!(slope < 0))
            {
                if (isFresh)
                    break;
                Reset(inverse, k, options.FirstScale);
                isFresh = true;
                slope = Direction(inverse, gradient, direction);
            }
            var nextValue = Search(x, value, slope, direction, next, nextGradient);
            if (!(nextValue < value))
            {
                if (isFresh)
                    break;
                Reset(inverse, k, options.FirstScale);
                isFresh = true;
                continue;
            }
            small = value - nextValue < options.Tolerance ? small + 1 : 0;
            Update(inverse, x, next, gradient, nextGradient, direction, isFresh);
            isFresh = false;
            (x, next) = (next, x);
            (gradient, nextGradient) = (nextGradient, gradient);
            value = nextValue;
        }
        return (x, value, step);
    }

    double Search(double[] x, double value, double slope, double[] direction, double[] next, double[] nextGradient)
    {
        var length = 1.0;
        for (var halving = 0; halving < Halvings; halving++)
        {
            for (var i = 0; i < x.Length; i++)
                next[i] = x[i] + length * direction[i];
            var found = objective.Evaluate(next, nextGradient);
            if (found <= value + Descent * length * slope)
                return found;
            // The minimum of the parabola through both values and the slope, kept within a tenth and a half.
            var parabola = double.IsFinite(found) ? -slope * length * length / (2 * (found - value - slope * length)) : 0;
            length = Math.Clamp(parabola, 0.1 * length, 0.5 * length);
        }
        return double.PositiveInfinity;
    }

    static double Direction(double[] inverse, double[] gradient, double[] direction)
    {
        var (k, slope) = (gradient.Length, 0.0);
        for (var i = 0; i < k; i++)
        {
            var sum = 0.0;
            var row = inverse.AsSpan(i * k, k);
            for (var j = 0; j < row.Length; j++)
                sum += row[j] * gradient[j];
            direction[i] = -sum;
            slope -= sum * gradient[i];
        }
        return slope;
    }

    static void Reset(double[] inverse, int k, double scale)
    {
        Array.Clear(inverse);
        for (var i = 0; i < k; i++)
            inverse[i * k + i] = scale;
    }

    /// <summary>H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, skipped where the curvature yᵀs is not positive.</summary>
    static void Update(
        double[] inverse,
        double[] x,
        double[] next,
        double[] gradient,
        double[] nextGradient,
        double[] work,
        bool isFirst
    )
    {
        var k = x.Length;
        var (curvature, square) = (0.0, 0.0);
        for (var i = 0; i < k; i++)
        {
            var change = nextGradient[i] - gradient[i];
            curvature += change * (next[i] - x[i]);
            square += change * change;
        }
        if (!(curvature > 1e-12 * square))
            return;
        if (isFirst)
            Reset(inverse, k, curvature / square);
        var quadratic = 0.0;
        for (var i = 0; i < k; i++)
        {
            var sum = 0.0;
            var row = inverse.AsSpan(i * k, k);
            for (var j = 0; j < row.Length; j++)
                sum += row[j] * (nextGradient[j] - gradient[j]);
            work[i] = sum;
            quadratic += sum * (nextGradient[i] - gradient[i]);
        }
        var (rho, factor) = (1 / curvature, (1 + quadratic / curvature) / curvature);
        for (var i = 0; i < k; i++)
        {
            var s = next[i] - x[i];
            var row = inverse.AsSpan(i * k, k);
            for (var j = 0; j < row.Length; j++)
            {
                var other = next[j] - x[j];
                row[j] += factor * s * other - rho * (work[i] * other + s * work[j]);
            }
        }
    }
}

namespace Halley.Kernels;

/// <content>Draws from distributions.</content>
public partial struct DeterministicRandom
{
    /// <summary>Standard normal, by the inverse of its distribution function: one draw of bits each.</summary>
    public double NextNormal() => StandardNormal.Quantile(NextDouble());

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -VectorMath.Log(NextDouble());

    /// <summary>Gamma with the given shape &gt; 0 and scale 1, so mean and variance are the shape.</summary>
    /// <remarks>Source: Marsaglia and Tsang (2000), ACM TOMS 26(3), 363–372; below shape 1 by their boost U^(1/shape).</remarks>
    public double NextGamma(double shape)
    {
        if (!(shape > 0) || double.IsInfinity(shape))
            throw new ArgumentOutOfRangeException(nameof(shape), shape, "a gamma shape must be above 0 and finite.");
        if (shape < 1)
            return NextGamma(shape + 1) * VectorMath.Pow(NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextNormal();
            var root = 1 + c * x;
            if (root <= 0)
                continue;
            var v = root * root * root;
            if (VectorMath.Log(NextDouble()) < 0.5 * x * x + d - d * v + d * VectorMath.Log(v))
                return d * v;
        }
    }

    /// <summary>Beta with two positive shapes, in (0, 1).</summary>
    public double NextBeta(double alpha, double beta)
    {
        var x = NextGamma(alpha);
        return x / (x + NextGamma(beta));
    }

    /// <summary>Poisson with the given mean in [0, 1e9].</summary>
    public int NextPoisson(double mean)
    {
        if (!(mean >= 0 && mean <= 1e9))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "a Poisson mean must be within 0 and 1e9.");
        return mean < 10 ? SmallPoisson(mean) : LargePoisson(mean);
    }

    /// <summary>By inversion: the first k whose cumulative probability reaches a uniform draw.</summary>
    int SmallPoisson(double mean)
    {
        var probability = VectorMath.Exp(-mean);
        var rest = NextDouble() - probability;
        var k = 0;
        // Past 200 the probabilities are below the draw's resolution, so only rounding could keep the loop alive.
        for (; rest > 0 && k < 200; rest -= probability)
            probability *= mean / ++k;
        return k;
    }

    /// <summary>Transformed rejection PTRS. Source: Hörmann (1993), Insurance: Mathematics and Economics 12, 39–45.</summary>
    int LargePoisson(double mean)
    {
        var b = 0.931 + 2.53 * Math.Sqrt(mean);
        var a = -0.059 + 0.02483 * b;
        var inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        var squeeze = 0.9277 - 3.6224 / (b - 2);
        var logMean = VectorMath.Log(mean);
        while (true)
        {
            var u = NextDouble() - 0.5;
            var v = NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= squeeze)
                return (int)k;
            if (k < 0 || (us < 0.013 && v > us))
                continue;
            if (VectorMath.Log(v * inverseAlpha / (a / (us * us) + b)) <= k * logMean - mean - LogFactorial(k))
                return (int)k;
        }
    }

    /// <summary>ln k! by Stirling's series, shifted up to 16 where it is exact to 1e-15.</summary>
    static double LogFactorial(double k)
    {
        var (n, product) = (k + 1, 1.0);
        for (; n < 16; n++)
            product *= n;
        var inverse = 1 / n;
        var square = inverse * inverse;
        var series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        return (n - 0.5) * VectorMath.Log(n) - n + 0.9189385332046727 + series - VectorMath.Log(product);
    }
}

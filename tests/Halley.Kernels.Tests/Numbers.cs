namespace Halley.Kernels.Tests;

/// <summary>Inputs for the tests of this project.</summary>
static class Numbers
{
    internal static readonly double[] Special =
    [
        0.0,
        -0.0,
        1,
        -1,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.Epsilon,
        -double.Epsilon,
        double.MaxValue,
        double.MinValue,
        2.2250738585072014e-308,
        1e-310,
        709.78,
        709.79,
        -708.4,
        -745.13,
        -745.14,
        0.5,
        2,
    ];

    /// <summary>Values of shape (n), uniform in (0, 1).</summary>
    internal static double[] Uniform(int count, ulong stream)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = CounterRandom.Uniform(7, stream, (ulong)i);
        return values;
    }

    /// <summary>Special values, then signed values over the whole range of exponents, then ordinary ones.</summary>
    internal static double[] Spread(int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] =
                i < Special.Length ? Special[i]
                : i % 3 == 0 ? BitConverter.UInt64BitsToDouble(CounterRandom.Bits(1, 2, (ulong)i))
                : i % 3 == 1 ? 40 * (CounterRandom.Uniform(1, 3, (ulong)i) - 0.5)
                : 1500 * (CounterRandom.Uniform(1, 4, (ulong)i) - 0.5);
        return values;
    }

    /// <summary>Distance in units of the last place of <paramref name="expected"/>; 0 for two NaNs or equal infinities.</summary>
    internal static double Ulps(double expected, double actual)
    {
        if (expected.Equals(actual) || (double.IsNaN(expected) && double.IsNaN(actual)))
            return 0;
        return Math.Abs(actual - expected) / (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
    }
}

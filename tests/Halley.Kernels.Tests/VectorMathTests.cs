namespace Halley.Kernels.Tests;

public sealed class VectorMathTests
{
    // Reference values: mpmath with 40 digits, rounded to double.
    [Theory]
    [InlineData(1e-300, 1.0)]
    [InlineData(-1e-05, 0.9999900000499998)]
    [InlineData(0.1, 1.1051709180756477)]
    [InlineData(0.34657, 1.4142084849595797)]
    [InlineData(-0.34658, 0.7071022488445762)]
    [InlineData(-20.125, 1.8189616875530459e-09)]
    [InlineData(100.5, 4.4319559098458955e+43)]
    [InlineData(700.3, 1.3690700720098904e+304)]
    [InlineData(709.78, 1.7928227943945155e+308)]
    [InlineData(-708.5, 2.006132305331306e-308)]
    [InlineData(-740.5, 2.5e-322)]
    [InlineData(-745.1, 5e-324)]
    public void Exp_is_within_one_ulp(double x, double expected) =>
        Assert.InRange(Numbers.Ulps(expected, VectorMath.Exp(x)), 0, 1);

    [Theory]
    [InlineData(5e-324, -744.4400719213812)]
    [InlineData(1e-310, -713.8013788281542)]
    [InlineData(2.2250738585072014e-308, -708.3964185322641)]
    [InlineData(1e-05, -11.512925464970229)]
    [InlineData(0.70710678, -0.3465735919580042)]
    [InlineData(0.7072, -0.3464417676587033)]
    [InlineData(0.9999999, -1.0000000494736474e-07)]
    [InlineData(1.0000001, 9.999999505838704e-08)]
    [InlineData(1.4143, 0.34663470904431704)]
    [InlineData(12345.678, 9.421061321291832)]
    [InlineData(1.7976931348623157e+308, 709.782712893384)]
    public void Log_is_within_one_ulp(double x, double expected) =>
        Assert.InRange(Numbers.Ulps(expected, VectorMath.Log(x)), 0, 1);

    [Theory]
    [InlineData(1.0001, 7000000.0, 9.793502502952126e+303)]
    [InlineData(0.9999, -7000000.0, 1.0503611561225904e+304)]
    [InlineData(1.5, 1700.3, 2.5583960293526397e+299)]
    [InlineData(0.3, -555.5, 2.878346032146866e+290)]
    [InlineData(2, 0.5, 1.4142135623730951)]
    [InlineData(10, -3.3, 0.0005011872336272725)]
    [InlineData(123.456, 0.001, 1.0048274998286035)]
    [InlineData(1.0000000001, 1000000000000.0, 2.6881393700484107e+43)]
    [InlineData(0.001, 100.7, 7.943282347242676e-303)]
    [InlineData(3, -2.5, 0.06415002990995841)]
    [InlineData(2.5, 300, 2.4099198651028842e+119)]
    [InlineData(10, 3, 1000)]
    [InlineData(-3, 3, -27)]
    [InlineData(10, 22, 1e22)]
    [InlineData(2, -3, 0.125)]
    public void Pow_is_within_two_ulp(double x, double y, double expected) =>
        Assert.InRange(
            Numbers.Ulps(expected, VectorMath.Pow(x, y)),
            0,
            x == Math.Floor(x) && y == Math.Floor(y) && Math.Abs(y) < 64 ? 0 : 2
        );

    [Fact]
    public void Exp_and_Log_agree_with_the_platform_everywhere()
    {
        var (values, expOff, logOff) = (Numbers.Spread(200_000), 0, 0);
        foreach (var x in values)
        {
            var (exp, log) = (Numbers.Ulps(Math.Exp(x), VectorMath.Exp(x)), Numbers.Ulps(Math.Log(x), VectorMath.Log(x)));
            Assert.True(exp <= 1, $"exp({x:R})");
            Assert.True(log <= 1, $"log({x:R})");
            expOff += exp > 0 ? 1 : 0;
            logOff += log > 0 ? 1 : 0;
        }
        // The platform rounds correctly nearly always, so the share of other last bits measures our own error.
        Assert.InRange(expOff / (double)values.Length, 0, 0.05);
        Assert.InRange(logOff / (double)values.Length, 0, 0.05);
    }

    [Fact]
    public void Pow_agrees_with_the_platform_everywhere()
    {
        var bases = Numbers.Spread(20_000);
        var exponents = Numbers.Spread(20_011)[11..];
        for (var i = 0; i < bases.Length; i++)
        {
            var (x, y) = (bases[i], exponents[i]);
            Assert.True(Numbers.Ulps(Math.Pow(x, y), VectorMath.Pow(x, y)) <= 2, $"pow({x:R}, {y:R})");
            var (small, mild) = (Math.Abs(x) % 3 + 0.01, y % 300);
            Assert.True(Numbers.Ulps(Math.Pow(small, mild), VectorMath.Pow(small, mild)) <= 2, $"pow({small:R}, {mild:R})");
        }
        foreach (var x in Numbers.Special)
        foreach (var y in (double[])[.. Numbers.Special, 3, -3, 4, 0.5])
            Assert.True(Numbers.Ulps(Math.Pow(x, y), VectorMath.Pow(x, y)) <= 2, $"pow({x:R}, {y:R})");
    }

    [Fact]
    public void Pow_keeps_its_digits_where_the_exponent_magnifies_the_logarithm()
    {
        const int count = 50_000;
        var off = 0;
        for (var i = 0; i < count; i++)
        {
            var x = 0.5 + 1.5 * CounterRandom.Uniform(2, 1, (ulong)i);
            var y = 1400 * (CounterRandom.Uniform(2, 2, (ulong)i) - 0.5) / Math.Log(x);
            var ulps = Numbers.Ulps(Math.Pow(x, y), VectorMath.Pow(x, y));
            Assert.True(ulps <= 1, $"pow({x:R}, {y:R})");
            off += ulps > 0 ? 1 : 0;
        }
        // The platform rounds correctly nearly always, so the share of other last bits measures our own error.
        Assert.InRange(off / (double)count, 0, 0.05);
    }

    [Fact]
    public void A_row_and_a_batch_of_any_length_give_equal_bits()
    {
        var x = Numbers.Spread(1031);
        var scalar = x.Select(value => (VectorMath.Exp(value), VectorMath.Log(value), VectorMath.Logistic(value))).ToArray();
        foreach (var length in new[] { 0, 1, 7, 8, 9, 40, 1031 })
        {
            var (exp, log, logistic) = (new double[length], new double[length], x[..length]);
            VectorMath.Exp(x.AsSpan(0, length), exp);
            VectorMath.Log(x.AsSpan(0, length), log);
            VectorMath.Logistic(logistic, logistic);
            for (var i = 0; i < length; i++)
            {
                AssertSameBits(scalar[i].Item1, exp[i]);
                AssertSameBits(scalar[i].Item2, log[i]);
                AssertSameBits(scalar[i].Item3, logistic[i]);
            }
        }
    }

    [Fact]
    public void Logistic_keeps_its_relative_accuracy_in_both_tails()
    {
        Assert.Equal(0.5, VectorMath.Logistic(0));
        Assert.InRange(Numbers.Ulps(Math.Exp(-740.5), VectorMath.Logistic(-740.5)), 0, 2);
        Assert.Equal(1, VectorMath.Logistic(40));
        Assert.Equal((0, 1), (VectorMath.Logistic(double.NegativeInfinity), VectorMath.Logistic(double.PositiveInfinity)));
        foreach (var x in Numbers.Spread(20_000).Where(x => Math.Abs(x) < 700))
            Assert.True(
                Numbers.Ulps(x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), VectorMath.Logistic(x)) <= 4,
                $"{x:R}"
            );
    }

    // Reference values: mpmath with 40 digits.
    [Theory]
    [InlineData(1e-10, 9.9999999995e-11, 1.00000000005e-10)]
    [InlineData(-1e-5, -1.0000050000333336e-05, -9.999950000166666e-06)]
    [InlineData(0.3, 0.26236426446749106, 0.34985880757600313)]
    [InlineData(-0.4, -0.5108256237659907, -0.3296799539643607)]
    [InlineData(5, 1.791759469228055, 147.4131591025766)]
    [InlineData(1e300, 690.7755278982137, double.PositiveInfinity)]
    [InlineData(-1, double.NegativeInfinity, -0.6321205588285577)]
    [InlineData(0, 0, 0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN, double.NaN)]
    public void Log_of_one_plus_and_exp_minus_one_hold_near_zero(double x, double logOnePlus, double expMinusOne)
    {
        Assert.InRange(Numbers.Ulps(logOnePlus, VectorMath.LogOnePlus(x)), 0, 2);
        Assert.InRange(Numbers.Ulps(expMinusOne, VectorMath.ExpMinusOne(x)), 0, 2);
    }

    [Fact]
    public void A_result_span_that_is_too_short_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => VectorMath.Exp(new double[3], new double[2]));
        Assert.StartsWith("3 values need a result span of at least that length, not 2.", error.Message, StringComparison.Ordinal);
    }

    static void AssertSameBits(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
}

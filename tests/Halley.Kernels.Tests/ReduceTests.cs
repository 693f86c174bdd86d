using CsCheck;

namespace Halley.Kernels.Tests;

public sealed class ReduceTests
{
    static readonly Gen<double[]> Values = Gen.Double[-1e6, 1e6].Array[0, 70];

    [Fact]
    public void A_NaN_anywhere_is_the_largest_absolute_value()
    {
        for (var place = 0; place < 19; place++)
        {
            var x = Enumerable.Range(0, 19).Select(i => i == 4 ? double.NegativeInfinity : i - 9.5).ToArray();
            Assert.Equal(double.PositiveInfinity, Reduce.MaxAbs(x));
            x[place] = double.NaN;
            Assert.True(double.IsNaN(Reduce.MaxAbs(x)));
        }
    }

    [Fact]
    public void Sums_equal_their_plain_twins_to_rounding() =>
        Values.Sample(x =>
        {
            var y = x.Select(value => value * 0.7 + 1).ToArray();
            var w = x.Select(Math.Abs).ToArray();
            Near(x.Sum(), Reduce.Sum(x), x.Sum(Math.Abs));
            Near(x.Zip(y, (a, b) => a * b).Sum(), Reduce.Dot(x, y), x.Zip(y, (a, b) => Math.Abs(a * b)).Sum());
            var terms = x.Select((_, i) => w[i] * x[i] * y[i]).ToArray();
            Near(terms.Sum(), Reduce.WeightedDot(w, x, y), terms.Sum(Math.Abs));
        });

    [Fact]
    public void Extremes_equal_their_plain_twins() =>
        Values
            .Where(x => x.Length > 0)
            .Sample(x => Reduce.Max(x) == x.Max() && Reduce.Min(x) == x.Min() && Reduce.MaxAbs(x) == x.Max(Math.Abs));

    [Fact]
    public void Scaled_add_equals_its_plain_twin() =>
        Values.Sample(x =>
        {
            var target = x.Select(value => value / 3).ToArray();
            var expected = target.Zip(x, (t, value) => t + -1.7 * value).ToArray();
            Reduce.AddScaled(-1.7, x, target);
            Assert.Equal(expected, target);
        });

    [Fact]
    public void Sums_have_the_bits_of_the_stated_order() =>
        Values.Sample(x =>
        {
            var w = x.Select(value => value * 0.3 - 7).ToArray();
            Assert.Equal(InOrder(x), Reduce.Sum(x));
            Assert.Equal(InOrder([.. x.Zip(w, (a, b) => a * b)]), Reduce.Dot(x, w));
            Assert.Equal(InOrder([.. x.Zip(w, (a, b) => b * a * a)]), Reduce.WeightedDot(w, x, x));
        });

    [Fact]
    public void Four_dots_are_each_the_dot() =>
        Values.Sample(x =>
        {
            double[][] others = [.. Enumerable.Range(1, 4).Select(k => x.Select(value => value * 0.3 - k).ToArray())];
            var (a, b, c, d) = Reduce.Dots(x, others[0], others[1], others[2], others[3]);
            Assert.Equal(others.Select(other => Reduce.Dot(x, other)), [a, b, c, d]);
        });

    [Fact]
    public void Product_equals_its_plain_twin() =>
        Values.Sample(x =>
        {
            var y = x.Select(value => value * 0.7 + 1).ToArray();
            var result = new double[x.Length];
            Reduce.Multiply(x, y, result);
            Assert.Equal(x.Zip(y, (a, b) => a * b), result);
        });

    static double InOrder(double[] x)
    {
        var lanes = new double[8];
        var full = x.Length / 8 * 8;
        for (var i = 0; i < full; i++)
            lanes[i % 8] += x[i];
        var sum = (lanes[0] + lanes[4]) + (lanes[1] + lanes[5]) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
        for (var i = full; i < x.Length; i++)
            sum += x[i];
        return sum;
    }

    [Fact]
    public void Nothing_sums_to_zero_and_NaN_is_kept()
    {
        Assert.Equal(0, Reduce.Sum([]));
        Assert.Equal(double.NegativeInfinity, Reduce.Max([]));
        Assert.True(double.IsNaN(Reduce.Max([1, double.NaN, 2])) && double.IsNaN(Reduce.Sum([1, double.NaN])));
        Assert.Equal((2, -1), (Reduce.IndexOfNonFinite([1, 2, double.NegativeInfinity]), Reduce.IndexOfNonFinite([1, 2])));
    }

    [Fact]
    public void The_first_value_that_is_not_finite_is_found_wherever_it_stands()
    {
        foreach (var bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            for (var place = 0; place < 30; place++)
            {
                var x = Enumerable.Repeat(double.MaxValue, 30).ToArray();
                (x[place], x[29]) = (bad, bad);
                Assert.Equal(place, Reduce.IndexOfNonFinite(x));
            }
        }
    }

    [Fact]
    public void Spans_of_different_length_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Reduce.Dot(new double[3], new double[2]));
        Assert.StartsWith("the spans of one sum need 3 values each, not 2.", error.Message, StringComparison.Ordinal);
    }

    static void Near(double expected, double actual, double scale) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-13 * scale, $"{expected:R} is not near {actual:R}");
}

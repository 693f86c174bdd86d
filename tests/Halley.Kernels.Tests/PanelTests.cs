using CsCheck;

namespace Halley.Kernels.Tests;

public sealed class PanelTests
{
    static readonly Gen<double[]> Values = Gen.Double[-1e6, 1e6].Array[0, 70];

    [Fact]
    public void Eight_dots_are_each_the_dot() =>
        Values.Sample(x =>
        {
            var y = x.Select(value => value * 0.7 + 1).ToArray();
            var others = Others(x);
            var products = new double[8];
            Panel.Dots(x, y, others[0], others[1], others[2], others[3], products);
            Assert.Equal(
                others.Select(other => Reduce.Dot(x, other)).Concat(others.Select(other => Reduce.Dot(y, other))),
                products
            );
        });

    [Fact]
    public void Four_scaled_columns_add_as_one_after_the_other() =>
        Values.Sample(x =>
        {
            var others = Others(x);
            double[] scales = [0.3, -1.7, 2, 1e-3];
            var (expected, target) = ((double[])x.Clone(), (double[])x.Clone());
            for (var k = 0; k < 4; k++)
                Reduce.AddScaled(scales[k], others[k], expected);
            Panel.AddScaled(scales, others[0], others[1], others[2], others[3], target);
            Assert.Equal(expected, target);
        });

    [Fact]
    public void A_rotation_equals_its_plain_twin() =>
        Values.Sample(x =>
        {
            var y = x.Select(value => value * 0.7 + 1).ToArray();
            var expected = x.Zip(y, (a, b) => (0.6 * a + 0.8 * b, 0.6 * b - 0.8 * a)).ToArray();
            var left = (double[])x.Clone();
            Panel.Rotate(0.6, 0.8, left, y);
            Assert.Equal(expected, left.Zip(y));
        });

    [Fact]
    public void Centring_and_scaling_equal_their_plain_twins() =>
        Values.Sample(x =>
        {
            var w = x.Select(value => Math.Abs(value) + 1).ToArray();
            double[] centred = [.. x.Select(value => value - 3.7)];
            Assert.Equal(Reduce.WeightedDot(w, centred, centred), Panel.SquaresAround(3.7, w, x));
            var scaled = (double[])x.Clone();
            Panel.Standardise(3.7, 0.3, scaled);
            Assert.Equal(centred.Select(value => value * 0.3), scaled);
        });

    static double[][] Others(double[] x) => [.. Enumerable.Range(1, 4).Select(k => x.Select(value => value * 0.3 - k).ToArray())];
}

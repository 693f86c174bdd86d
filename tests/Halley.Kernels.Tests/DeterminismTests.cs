namespace Halley.Kernels.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Every_vector_width_gives_the_same_bits() => NarrowRuns.AssertEqualBits();

    [Fact]
    [Trait("Category", "Determinism")]
    public void Elementary_functions_leave_their_bits()
    {
        var x = Numbers.Spread(4099);
        var result = new double[x.Length];
        VectorMath.Exp(x, result);
        Fingerprint.Record("exp", result);
        VectorMath.Log(x, result);
        Fingerprint.Record("log", result);
        VectorMath.Logistic(x, result);
        Fingerprint.Record("logistic", result);
        VectorMath.Pow(x, 1.7, result);
        Fingerprint.Record("pow", result);
    }

    [Fact]
    [Trait("Category", "Determinism")]
    public void Sums_leave_their_bits()
    {
        var (x, y, w) = (Numbers.Uniform(10_007, 1), Numbers.Uniform(10_007, 2), Numbers.Uniform(10_007, 3));
        Fingerprint.Record("sums", [Reduce.Sum(x), Reduce.Dot(x, y), Reduce.WeightedDot(w, x, y)]);
        Reduce.AddScaled(0.3, x, y);
        Fingerprint.Record("add scaled", y);
    }

    [Fact]
    [Trait("Category", "Determinism")]
    public void Random_draws_leave_their_bits()
    {
        var random = new DeterministicRandom(11);
        var draws = new double[5000];
        for (var i = 0; i < draws.Length; i += 5)
        {
            draws[i] = random.NextDouble();
            draws[i + 1] = random.NextNormal();
            draws[i + 2] = random.NextGamma(0.1 + i * 0.01);
            draws[i + 3] = random.NextPoisson(i * 0.02);
            draws[i + 4] = CounterRandom.Normal(3, 4, (ulong)i);
        }
        Fingerprint.Record("random", draws);
    }
}

using System.Buffers;
using Halley.Data;

namespace Halley.Glm.Tests;

public class DeterminismTests
{
    [Fact]
    public void Every_vector_width_gives_the_same_bits() => NarrowRuns.AssertEqualBits();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    [Trait("Category", "Determinism")]
    public void A_fit_and_its_scores_leave_their_bits(int index)
    {
        var table = Books.Motor(2500);
        var fit = Books.Cases[index].Fit(table, Books.AllTerms);

        Fingerprint.Record($"{index} coefficients", [.. fit.Coefficients.Select(coefficient => coefficient.Estimate)]);
        Fingerprint.Record($"{index} errors", [.. fit.Coefficients.Select(coefficient => coefficient.StandardError)]);
        Fingerprint.Record($"{index} p", [.. fit.Coefficients.Select(coefficient => coefficient.PValue)]);
        Fingerprint.Record($"{index} figures", [fit.Deviance, fit.NullDeviance, fit.Dispersion, fit.Aic ?? 0]);
        Fingerprint.Record($"{index} relativities", [.. fit.Relativities.SelectMany(f => f.Levels).Select(level => level.Upper)]);
        Fingerprint.Record($"{index} scores", Scoring.Eta(fit.Scorer, table));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Threads_change_no_byte(int threads)
    {
        // Four blocks of rows and a part of one.
        var set = Books.Cases[0].Set(Books.Motor(40_000));
        var options = new GlmOptions { Terms = Books.AllTerms };
        var one = new GlmTrainer(options with { Threads = 1 }).Fit(set);
        var many = new GlmTrainer(options with { Threads = threads }).Fit(set);

        Assert.Equal(Bytes(one.Scorer), Bytes(many.Scorer));
        Assert.Equal(
            one.Coefficients.Select(coefficient => (coefficient.Estimate, coefficient.StandardError, coefficient.PValue)),
            many.Coefficients.Select(coefficient => (coefficient.Estimate, coefficient.StandardError, coefficient.PValue))
        );
        Assert.Equal(one.Deviance, many.Deviance);
        Assert.Equal(one.NullDeviance, many.NullDeviance);
        Assert.Equal(one.Relativities.SelectMany(factor => factor.Levels), many.Relativities.SelectMany(factor => factor.Levels));
    }

    [Fact]
    [Trait("Category", "Determinism")]
    public void A_smooth_fit_leaves_its_bits()
    {
        var fit = SmoothFit(rows: 800, threads: 0);

        Fingerprint.Record("lambdas", [.. fit.Smooths.Select(smooth => smooth.Lambda)]);
        Fingerprint.Record("levels", [.. fit.Relativities.SelectMany(factor => factor.Levels).Select(level => level.Upper)]);
    }

    [Fact]
    public void Threads_change_no_byte_of_a_smooth_fit()
    {
        var (one, many) = (SmoothFit(20_000, threads: 1), SmoothFit(20_000, threads: 3));

        Assert.Equal(Bytes(one.Scorer), Bytes(many.Scorer));
        Assert.Equal(one.RestrictedScore, many.RestrictedScore);
    }

    static GlmFit SmoothFit(int rows, int threads)
    {
        Term[] terms =
        [
            new SmoothTerm("age"),
            new SmoothTerm("value") { Basis = SmoothKind.PSpline, Size = 12 },
            new CredibilityTerm("fuel"),
            new NeighbourTerm("zone", Books.Ring),
        ];
        return new GlmTrainer(new() { Terms = terms, Threads = threads }).Fit(Books.Cases[0].Set(Books.Motor(rows)));
    }

    static byte[] Bytes(IScorer scorer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new GlmScorerFormat().Write(scorer, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}

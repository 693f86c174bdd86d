using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Fits of rows in batches, held against the fit of the same rows in a table.</summary>
static class StreamedBooks
{
    /// <summary>Chunks of one block each.</summary>
    internal static StreamOptions Small => new() { ChunkRows = 8192 };

    /// <summary>A category of many levels.</summary>
    /// <param name="codeOf">Level of a row; −1 for none.</param>
    internal static CategoricalColumn Groups(string name, int rows, Func<int, int> codeOf)
    {
        int[] codes = [.. Enumerable.Range(0, rows).Select(codeOf)];
        return new(name, codes, new(Enumerable.Range(0, codes.Max() + 1).Select(code => $"{name}{code:D6}")));
    }

    internal static IEnumerable<Table> Batches(Table table, int size)
    {
        for (var start = 0; start < table.RowCount; start += size)
            yield return table.Take([.. Enumerable.Range(start, Math.Min(size, table.RowCount - start))]);
    }

    internal static GlmFit AssertSame(GlmOptions options, TrainingSet set)
    {
        var expected = new GlmTrainer(options).Fit(set);
        var actual = new GlmTrainer(options).FitStreamed(set, Batches(set.Learn, 3000), Small);
        AssertSame(expected, actual);
        return actual;
    }

    internal static void AssertSame(GlmFit expected, GlmFit actual)
    {
        Assert.Equal(expected.Coefficients, actual.Coefficients);
        Assert.Equal(expected.Notes, actual.Notes);
        Assert.Equal(Figures(expected), Figures(actual));
        Assert.Equal(expected.TermTests, actual.TermTests);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Smooths.Select(Described), actual.Smooths.Select(Described));
        Assert.Equal(expected.Smooths.SelectMany(smooth => smooth.Curve), actual.Smooths.SelectMany(smooth => smooth.Curve));
        Assert.Equal(
            expected.Relativities.SelectMany(factor => factor.Levels),
            actual.Relativities.SelectMany(factor => factor.Levels)
        );
        for (var i = 0; i < expected.Coefficients.Count; i++)
            Assert.Equal(expected.Covariance[i, 0], actual.Covariance[i, 0]);
        Assert.Equal(Bytes(expected), Bytes(actual));
    }

    static (string, double, double) Described(SmoothSummary smooth) => (smooth.Name, smooth.Lambda, smooth.Degrees);

    static double?[] Figures(GlmFit fit) =>
        [
            fit.Deviance,
            fit.NullDeviance,
            fit.PearsonStatistic,
            fit.Dispersion,
            fit.LogLikelihood,
            fit.Aic,
            fit.Bic,
            fit.Rank,
            fit.RowCount,
            fit.Iterations,
            fit.LastStep,
            fit.EffectiveDegrees,
            fit.RestrictedScore,
        ];

    static byte[] Bytes(GlmFit fit)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        new GlmScorerFormat().Write(fit.Scorer, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}

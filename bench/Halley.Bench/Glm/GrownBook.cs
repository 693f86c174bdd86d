using System.Diagnostics;
using System.Globalization;
using Halley.Data;
using Halley.Glm;
using Halley.Kernels;

namespace Halley.Bench;

/// <summary>A generated book of any size, fitted by streaming: claim counts under ten factors, exposure in months, batch after batch.</summary>
sealed class GrownBook
{
    const int Factors = 10;
    const int BatchRows = 131_072;

    /// <summary>Levels of the factors but the first.</summary>
    const int OtherLevels = 10;

    readonly long rows;
    readonly LevelList[] levels;

    /// <param name="levels">Of the first factor.</param>
    GrownBook(long rows, int levels)
    {
        this.rows = rows;
        this.levels = [.. Enumerable.Range(0, Factors).Select(factor => Named(factor == 0 ? levels : OtherLevels))];
    }

    /// <summary>Seconds to fit, generation included, and peak resident memory in MB: the work of a process of its own.</summary>
    /// <param name="arguments">Rows, levels of the first factor.</param>
    public static double[]? Fit(string[] arguments)
    {
        if (
            arguments.Length != 2
            || !long.TryParse(arguments[0], CultureInfo.InvariantCulture, out var rows)
            || !int.TryParse(arguments[1], CultureInfo.InvariantCulture, out var levels)
            || !Machine.ResetPeak()
        )
            return null;
        var book = new GrownBook(rows, levels);
        var roles = new TrainingSet
        {
            Learn = book.Batch(0, 1),
            Features = [],
            Target = "claims",
            Exposure = "years",
        };
        var options = new GlmOptions
        {
            Terms = [.. Enumerable.Range(0, Factors).Select(factor => new FactorTerm(NameOf(factor)))],
            Threads = 2,
        };
        var start = Stopwatch.GetTimestamp();
        var fit = new GlmTrainer(options).FitStreamed(roles, book.Batches());
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return fit.Converged && fit.RowCount == rows && Machine.PeakMegabytes() is { } peak ? [seconds, peak] : null;
    }

    IEnumerable<Table> Batches()
    {
        for (var (start, batch) = (0L, 0); start < rows; start += BatchRows, batch++)
            yield return Batch(batch, (int)Math.Min(BatchRows, rows - start));
    }

    Table Batch(int batch, int count)
    {
        var random = new DeterministicRandom((ulong)batch + 1);
        var codes = Enumerable.Range(0, Factors).Select(_ => new int[count]).ToArray();
        var (years, claims) = (new double[count], new double[count]);
        for (var row = 0; row < count; row++)
        {
            var eta = -1.5;
            for (var factor = 0; factor < Factors; factor++)
            {
                var code = random.NextInt(levels[factor].Count);
                codes[factor][row] = code;
                eta += 0.1 * (code % OtherLevels) / (factor + 1);
            }
            years[row] = (1 + random.NextInt(12)) / 12.0;
            claims[row] = random.NextPoisson(years[row] * Math.Exp(eta));
        }
        return new([
            .. codes.Select((own, factor) => new CategoricalColumn(NameOf(factor), own, levels[factor])),
            new ExposureColumn("years", years),
            new NumericColumn("claims", claims),
        ]);
    }

    static string NameOf(int factor) => $"factor{factor.ToString(CultureInfo.InvariantCulture)}";

    static LevelList Named(int count) =>
        new(Enumerable.Range(0, count).Select(level => level.ToString("D6", CultureInfo.InvariantCulture)));
}

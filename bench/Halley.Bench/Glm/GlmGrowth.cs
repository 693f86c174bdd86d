using System.Globalization;
using Halley.Reports;

namespace Halley.Bench;

/// <summary>How time and memory of a streamed fit grow with rows and with levels of a factor.</summary>
static class GlmGrowth
{
    const int UsualLevels = 10;
    const long UsualRows = 1_000_000;
    const string RowsId = "glm.growth.rows_";
    const string LevelsId = "glm.growth.levels_";

    /// <summary>From 10,000 on the factor is solved for first: below, the information matrix of all pairs of coefficients is inverted.</summary>
    static readonly int[] Levels = [10, 30, 100, 300, 1_000, 10_000, 100_000];

    static readonly long[] Rows = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    public static IEnumerable<Figure> Measure(BenchOptions options)
    {
        foreach (var rows in Rows)
        {
            // The largest alone takes longer than a quick run may.
            if (options.Quick && rows > 10_000_000)
                continue;
            foreach (var figure in Of(RowsId + Text(rows), rows, UsualLevels))
                yield return figure;
        }
        foreach (var levels in Levels)
        {
            foreach (var figure in Of(LevelsId + Text(levels), UsualRows, levels))
                yield return figure;
        }
    }

    /// <summary>PNG images by name, from the figures that there are.</summary>
    public static IEnumerable<(string Name, byte[] Image)> Charts(IReadOnlyList<Figure> figures)
    {
        foreach (
            var (id, name, of) in new[]
            {
                (RowsId, "glm-growth-rows", "rows"),
                (LevelsId, "glm-growth-levels", "levels of one factor"),
            }
        )
        {
            var times = figures
                .Where(figure => figure.Id.StartsWith(id, StringComparison.Ordinal) && figure.Unit == "s")
                .ToArray();
            if (times.Length < 2)
                continue;
            double PeakOf(Figure time) => figures.First(figure => figure.Id == time.Id + "_mb").Value;
            yield return (
                name,
                new LevelPlot
                {
                    Title = $"Streamed GLM of ten factors by {of}",
                    Horizontal = of,
                    Vertical = "power of ten",
                    Levels = [.. times.Select(figure => figure.Id[id.Length..])],
                    Series =
                    [
                        new("seconds", [.. times.Select(figure => Math.Log10(figure.Value))]),
                        new("peak resident MB", [.. times.Select(figure => Math.Log10(PeakOf(figure)))]),
                    ],
                }
                    .Draw()
                    .ToPng()
            );
        }
    }

    static IEnumerable<Figure> Of(string id, long rows, int levels)
    {
        if (ChildTasks.Measure("glm-grow", Text(rows), Text(levels)) is not [var seconds, var peak])
        {
            Console.Error.WriteLine($"left out: {id}: the fit did not end well, or the system does not tell peak memory.");
            yield break;
        }
        var settings = string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} generated rows, ten factors of {levels} (the first) and {UsualLevels} levels, streamed, 2 threads"
        );
        yield return new(id, seconds, "s", Settings: $"{settings}; generation included");
        yield return new(id + "_mb", peak, "MB", Settings: $"{settings}; peak resident memory of the process");
        if (rows == 100_000_000)
            yield return new("glm.stream_peak_mb", peak, "MB", Settings: settings);
    }

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

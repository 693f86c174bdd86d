using ScottPlot;

namespace Halley.Reports;

/// <summary>Lines over the levels of a factor, with bars of exposure: one-way, actual over expected, lift and double lift, relativities.</summary>
public sealed record LevelPlot
{
    public required string Title { get; init; }

    public required string Horizontal { get; init; }

    public required string Vertical { get; init; }

    /// <summary>Names of the places, in the order of the axis.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>Shape (levels); null for a plot without bars.</summary>
    public IReadOnlyList<double>? Exposure { get; init; }

    /// <summary>Unit of the bars. Default: years.</summary>
    public string ExposureUnit { get; init; } = "years";

    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>A horizontal line to compare with, such as 1 for actual over expected; null for none.</summary>
    public double? Reference { get; init; }

    /// <summary>Thin lines this far above and below the reference, such as two standard errors; null for none.</summary>
    public double? Limit { get; init; }

    /// <summary>Whether places are points without a line between them.</summary>
    public bool IsScattered { get; init; }

    IEnumerable<double> Lines =>
        (Reference, Limit) switch
        {
            ({ } middle, { } limit) => [middle - limit, middle, middle + limit],
            ({ } middle, null) => [middle],
            _ => [],
        };

    public Picture Draw()
    {
        lock (Canvas.Gate)
        {
            var plot = Canvas.New(Title, Horizontal, Vertical);
            if (Exposure is not null)
                Canvas.AddExposure(plot, Exposure, ExposureUnit);
            foreach (var place in Lines)
            {
                // No dashes: the drawing library can't write them into an SVG, and complains on standard error.
                var line = plot.Add.HorizontalLine(place, 1, place == Reference ? Ink.Soft : Ink.Limit);
                line.ExcludeFromLegend = true;
            }
            var model = 0;
            foreach (var series in Series)
                AddSeries(plot, series, series.IsActual ? Ink.Actual : Ink.Models[model++ % Ink.Models.Count]);
            Canvas.NameBottom(plot, Levels);
            SetLimits(plot);
            plot.ShowLegend(Edge.Top);
            return new(plot, Title, Describe());
        }
    }

    void AddSeries(Plot plot, Series series, Color color)
    {
        var places = Enumerable.Range(0, series.Values.Count).Where(place => double.IsFinite(series.Values[place])).ToArray();
        var (xs, ys) = (places.Select(place => (double)place).ToArray(), places.Select(place => series.Values[place]).ToArray());
        if (series is { Lower: { } lower, Upper: { } upper })
        {
            foreach (var place in places)
            {
                var line = plot.Add.Line(place, lower[place], place, upper[place]);
                (line.Color, line.LineWidth) = (color.WithAlpha(0.45), 5);
                line.MarkerSize = 0;
            }
        }
        var scatter = plot.Add.Scatter(xs, ys, color);
        (scatter.LineWidth, scatter.MarkerSize, scatter.LegendText) = (
            IsScattered ? 0 : 2,
            places.Length > 60 && !IsScattered ? 0 : 7,
            series.Name
        );
    }

    void SetLimits(Plot plot)
    {
        var shown = Series
            .SelectMany(series => series.Values.Concat(series.Lower ?? []).Concat(series.Upper ?? []))
            .Concat(Lines)
            .Where(double.IsFinite)
            .ToArray();
        var (low, high) = shown.Length == 0 ? (0, 1) : (shown.Min(), shown.Max());
        var room = Math.Max((high - low) * 0.08, Math.Abs(high) * 0.01 + 1e-12);
        plot.Axes.SetLimitsX(-0.7, Levels.Count - 0.3);
        plot.Axes.SetLimitsY(low - room, high + room, plot.Axes.Left);
    }

    string Describe() =>
        $"{Title}: {string.Join(" and ", Series.Select(series => series.Name))} by {Horizontal}, {Levels.Count} levels.";
}

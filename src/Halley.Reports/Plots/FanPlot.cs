using ScottPlot;

namespace Halley.Reports;

/// <summary>An interval around a forecast.</summary>
/// <param name="Level">In (0, 1).</param>
/// <param name="Lower">Shape (horizon).</param>
/// <param name="Upper">Shape (horizon).</param>
public sealed record FanBand(double Level, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);

/// <summary>A series, its forecast, and how far it may stray.</summary>
public sealed record FanPlot
{
    public required string Title { get; init; }

    public required string Vertical { get; init; }

    /// <summary>Shape (n), oldest first; NaN leaves a gap.</summary>
    public required IReadOnlyList<double> Past { get; init; }

    /// <summary>Shape (horizon).</summary>
    public required IReadOnlyList<double> Forecast { get; init; }

    /// <summary>Widest last.</summary>
    public required IReadOnlyList<FanBand> Bands { get; init; }

    /// <summary>Names of all steps, shape (n + horizon).</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    public Picture Draw()
    {
        lock (Canvas.Gate)
        {
            var plot = Canvas.New(Title, "", Vertical);
            var (n, accent) = (Past.Count, Ink.Models[0]);
            // The fan opens at the last known value.
            double[] x = [n - 1, .. Enumerable.Range(n, Forecast.Count).Select(step => (double)step)];
            foreach (var band in Bands.Reverse())
            {
                if (band.Lower.Concat(band.Upper).Any(value => !double.IsFinite(value)))
                    continue;
                var fan = plot.Add.FillY(x, [Past[^1], .. band.Lower], [Past[^1], .. band.Upper]);
                (fan.FillColor, fan.LineWidth, fan.MarkerSize) = (accent.WithAlpha(0.18), 0, 0);
                fan.LegendText = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 * band.Level:0.##} %");
            }
            var past = plot.Add.Scatter(
                Enumerable.Range(0, n).Select(step => (double)step).ToArray(),
                Past.ToArray(),
                Ink.Actual
            );
            (past.LineWidth, past.MarkerSize, past.LegendText) = (2, 0, "actual");
            var line = plot.Add.Scatter(x, [Past[^1], .. Forecast], accent);
            (line.LineWidth, line.MarkerSize, line.LegendText) = (2, 0, "forecast");
            Canvas.NameBottom(plot, Steps);
            plot.ShowLegend(Edge.Top);
            return new(plot, Title, $"{Title}: {n} steps known, {Forecast.Count} forecast, the last {Forecast[^1]:G4}.");
        }
    }
}

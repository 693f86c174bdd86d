using System.Globalization;
using Halley.Forecasting;

namespace Halley.Reports;

/// <summary>Page of a forecast: a fan chart of each series, and how methods did on the past.</summary>
public sealed record ForecastReport
{
    // Beyond this many a page is not read.
    const int MostCharts = 24;

    // Of the past, this many horizons are drawn.
    const int PastHorizons = 6;

    public required string Title { get; init; }

    public required ForecastRun Run { get; init; }

    /// <summary>Methods on past windows; empty for none.</summary>
    public IReadOnlyList<BacktestSummary> Backtest { get; init; } = [];

    /// <summary>Whether the data were generated.</summary>
    public bool Simulated { get; init; }

    public string ToHtml()
    {
        var body = new HtmlText();
        if (Backtest.Count > 0)
            AddBacktest(body);
        body.Element("h2", "Forecasts");
        var shown = Math.Min(MostCharts, Run.Series.Count);
        if (shown < Run.Series.Count)
            body.Element("p", $"The first {shown} of {Run.Series.Count:N0} series are drawn.", "lede");
        for (var i = 0; i < shown; i++)
            AddSeries(body, i);
        var steps = Run.Outlooks[0].Mean.Length;
        var lede = $"{Run.Series.Count:N0} series, {steps} steps ahead.";
        return ReportPage.Of(Title, lede, Simulated, body);
    }

    void AddBacktest(HtmlText body) =>
        body.Element("h2", "Methods on the past")
            .Element("p", "Each method was refitted at every origin and saw nothing after it.", "lede")
            .Table(
                ["method", "sMAPE", "MASE", "RMSSE", "bias", "CRPS", "MSIS", "coverage"],
                Backtest.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            row.Forecaster,
                            HtmlText.Number(row.Mean.Smape),
                            HtmlText.Number(row.Mean.Mase),
                            HtmlText.Number(row.Mean.Rmsse),
                            HtmlText.Number(row.Mean.Bias),
                            HtmlText.Number(row.Mean.Crps),
                            HtmlText.Number(row.Mean.Msis),
                            $"{(100 * row.Mean.Coverage).ToString("0.0", CultureInfo.InvariantCulture)} %",
                        ]
                )
            );

    void AddSeries(HtmlText body, int i)
    {
        var (known, outlook) = (Run.Series[i], Run.Outlooks[i]);
        var kept = Math.Min(known.Series.Length, Math.Max(24, PastHorizons * outlook.Mean.Length));
        var first = known.Series.Length - kept;
        var plot = new FanPlot
        {
            Title = known.Series.Id,
            Vertical = "",
            Past = known.Series.Values[first..],
            Forecast = outlook.Mean,
            Bands = [.. Run.Levels.Select((level, k) => new FanBand(level, outlook.Lower[k], outlook.Upper[k]))],
            Steps = [.. Enumerable.Range(-kept, kept + outlook.Mean.Length).Select(h => ForecastRun.TimeOf(known, h))],
        };
        body.Element("h3", known.Series.Id).Raw(plot.Draw().ToSvg()).Element("p", outlook.Form, "lede");
    }
}

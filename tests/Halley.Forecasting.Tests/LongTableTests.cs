using Halley.Data;

namespace Halley.Forecasting.Tests;

public class LongTableTests
{
    static readonly SeriesLayout Usual = new();

    [Fact]
    public void Rows_become_series_with_their_calendar_and_season()
    {
        var table = Of(["b", "a", "b", "a"], ["2026-02-28", "2026-01-01", "2026-01-31", "2026-02-01"], [2, 3, 1, 4]);
        var series = LongTable.Read(table, Usual);
        Assert.Equal(["b", "a"], series.Select(one => one.Series.Id));
        Assert.Equal([1, 2], series[0].Series.Values);
        Assert.Equal([12], series[0].Series.Seasons);
        Assert.Equal(new DateTime(2026, 3, 31), series[0].Series.Calendar!.At(2));
    }

    [Fact]
    public void Rows_after_the_last_value_say_what_is_known_of_the_future()
    {
        var table = Of(["a", "a", "a"], ["2026-01", "2026-02", "2026-03"], [5, 6, double.NaN])
            .With(new NumericColumn("years", [10, 11, 12]))
            .With(new NumericColumn("law", [0, 0, 1]));
        var known = LongTable.Read(table, Usual with { Exposure = "years", Regressors = ["law"] })[0];
        Assert.Equal([5, 6], known.Series.Values);
        Assert.Equal([10, 11], known.Series.Exposure!);
        Assert.Equal([12], known.Future.Exposure!);
        Assert.Equal([1], known.Future.Regressors[0]);
    }

    [Theory]
    [InlineData(GapRule.Zero, 0)]
    [InlineData(GapRule.Previous, 1)]
    [InlineData(GapRule.Interpolate, 2)]
    [InlineData(GapRule.Keep, double.NaN)]
    public void A_gap_is_treated_by_its_rule(GapRule rule, double expected)
    {
        var table = Of(["a", "a"], ["2026-01-05", "2026-01-19"], [1, 3]);
        var known = LongTable.Read(table, Usual with { Gaps = rule, Frequency = new(StepUnit.Week) })[0];
        Assert.Equal([1, expected, 3], known.Series.Values);
        Assert.Equal(1, known.FilledSteps);
    }

    [Fact]
    public void All_problems_are_told_at_once_with_series_and_row()
    {
        var table = Of(
            ["a", "a", "b", "b", "b"],
            ["2026-01-01", "2026-01-01", "2026-01-01", "2026-02-01", "2026-02-01"],
            [1, 2, 3, 4, 5]
        );
        var error = Assert.Throws<HalleyException>(() => LongTable.Read(table, Usual));
        Assert.Equal("HLY2314", error.Code);
        Assert.Contains("series 'a', rows 1 and 2: both are of 2026-01-01. Leave one out, or add them up.", error.Message);
        Assert.Contains("series 'b', rows 4 and 5", error.Message);
    }

    [Theory]
    [InlineData("2026-01-01", "2026-03-01", 1, 2, null, "HLY2318", "series 'a', 2026-02-01: there is no value, the first of 1.")]
    [InlineData("2026-01-01", "31.1.2026", 1, 2, "month", "HLY2313", "column 'ds', row 2: '31.1.2026' is no time.")]
    [InlineData(
        "2026-01-01",
        "2026-01-15",
        1,
        2,
        "month",
        "HLY2317",
        "series 'a', row 2: 2026-01-15 is no whole number of steps (month)"
    )]
    [InlineData(
        "2026-01-01",
        "2026-02-01",
        double.NaN,
        double.NaN,
        null,
        "HLY2316",
        "series 'a', row 1: not one of its rows has a value in 'y'."
    )]
    public void A_bad_series_is_named(
        string first,
        string second,
        double y,
        double next,
        string? frequency,
        string code,
        string message
    )
    {
        StepLength? length = StepLength.TryParse(frequency ?? "month", out var parsed) ? parsed : null;
        var error = Assert.Throws<HalleyException>(() =>
            LongTable.Read(Of(["a", "a"], [first, second], [y, next]), Usual with { Frequency = length })
        );
        Assert.Equal(code, error.Code);
        Assert.StartsWith($"{code}: {message}", error.Message);
    }

    [Theory]
    [InlineData("2026-01-01 00:00", "2026-01-01 00:15", "15 minutes")]
    [InlineData("2026-01-01 00:00", "2026-01-01 03:00", "3 hours")]
    [InlineData("2026-01-01", "2026-01-03", "2 days")]
    [InlineData("2026-01-01", "2026-01-08", "week")]
    [InlineData("2026-01-31", "2026-02-28", "month")]
    [InlineData("2026-01-01", "2026-04-01", "quarter")]
    [InlineData("2024-01-01", "2026-01-01", "2 years")]
    public void The_length_of_a_step_is_found(string first, string second, string expected)
    {
        Assert.True(StepTimes.TryTime(first, out var a));
        Assert.True(StepTimes.TryTime(second, out var b));
        var found = StepFinder.Find([
            [a, b],
        ]);
        Assert.Equal(expected, found.ToString());
        Assert.True(StepLength.TryParse(expected, out var parsed));
        Assert.Equal(found, parsed);
    }

    [Fact]
    public void Series_that_cannot_be_fitted_are_told_together()
    {
        var table = Of(["a", "a", "b", "b"], ["2026-01", "2026-02", "2026-01", "2026-02"], [-1, 2, 3, -4]);
        var error = Assert.Throws<HalleyException>(() =>
            ForecastRun.Of(
                LongTable.Read(table, Usual),
                new CountForecaster(),
                new() { Horizon = 1 },
                cancellation: TestContext.Current.CancellationToken
            )
        );
        Assert.Equal("HLY2305", error.Code);
        Assert.StartsWith("HLY2305: series 'a', step 1: -1 is negative", error.Message);
        Assert.Contains("\nseries 'b', step 2: -4 is negative", error.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_run_forecasts_every_series_and_writes_long_form()
    {
        var months = Enumerable.Range(0, 36).Select(t => new DateTime(2023, 1, 1).AddMonths(t).ToString("yyyy-MM-dd")).ToArray();
        var table = Of(
            [.. months.Select(_ => "claims")],
            months,
            [.. months.Select((_, t) => 100.0 + t + 20 * Math.Sin(t * Math.PI / 6))]
        );
        var run = ForecastRun.Of(
            LongTable.Read(table, Usual),
            new AutoForecaster(),
            new() { Horizon = 3 },
            cancellation: TestContext.Current.CancellationToken
        );
        var written = run.ToTable(Usual);
        Assert.Equal(["2026-01-01", "2026-02-01", "2026-03-01"], Enumerable.Range(0, 3).Select(row => written["ds"].TextAt(row)));
        string[] names = ["unique_id", "ds", "step", "forecast", "lower_80", "upper_80", "lower_95", "upper_95"];
        Assert.Equal(names, written.Columns.Select(column => column.Name));
        Assert.InRange(written.Numeric("forecast").Values[0], 130, 142);
        Assert.True(written.Numeric("lower_95").Values[0] < written.Numeric("lower_80").Values[0]);
    }

    static Table Of(string[] ids, string[] times, double[] values) =>
        new([new TextColumn("unique_id", ids), new TextColumn("ds", times), new NumericColumn("y", values)]);
}

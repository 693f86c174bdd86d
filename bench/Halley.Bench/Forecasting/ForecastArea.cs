using System.Diagnostics;
using System.Globalization;
using Halley.Forecasting;
using Halley.Kernels;

namespace Halley.Bench;

/// <summary>Forecasts of public sets: accuracy and coverage of the default, and time beside R forecast.</summary>
sealed class ForecastArea : IArea
{
    const double Level = 0.95;

    public string Name => "forecast";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        if (!Shared.Has("data/timeseries/m3.csv.gz", "all of forecast"))
            yield break;
        var m3 = SeriesCase.Read("m3");
        var seconds = 0.0;
        var all = new List<ForecastMeasures>();
        foreach (var set in new[] { ("m3", m3), ("tourism", SeriesCase.Read("tourism")), ("m4", SeriesCase.Read("m4_hourly")) })
        {
            foreach (var group in set.Item2.GroupBy(one => one.Group))
            {
                var (id, start) = ($"{set.Item1}_{group.Key}", Stopwatch.GetTimestamp());
                var measures = Default([.. group]);
                if (set.Item1 == "m3")
                {
                    seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
                    all.AddRange(measures);
                }
                yield return new($"forecast.{id}_smape", measures.Average(one => one.Smape), "%");
                yield return new($"forecast.{id}_mase", measures.Average(one => one.Mase), "");
                if (set.Item1 == "tourism")
                    yield return new($"forecast.tourism_mape_{group.Key}", measures.Average(one => one.Mape), "%");
                yield return new($"forecast.coverage.{id}", 100 * measures.Average(one => one.Coverage), "%");
                yield return new($"forecast.coverage_error.{id}", 100 * StandardError(measures), "%");
                yield return new($"forecast.msis.{id}", measures.Average(one => one.Msis), "");
            }
        }
        yield return new("forecast.m3_smape", all.Average(one => one.Smape), "%");
        yield return new("forecast.m3_mase", all.Average(one => one.Mase), "");
        yield return new("forecast.m3_seconds", seconds, "s", Settings: "default with calibrated intervals, all processors");
        SeriesCase[] timed = [.. m3.Where(one => one.Group == "monthly").Where((_, i) => i % 14 == 0)];
        foreach (var figure in BesideR(timed))
            yield return figure;
    }

    /// <summary>The default of each series, its intervals calibrated on the group's learning windows only.</summary>
    static ForecastMeasures[] Default(SeriesCase[] group)
    {
        var (forecaster, horizon) = (new AutoForecaster(), group.Max(one => one.Actual.Length));
        var calibration = IntervalCalibration.Learn([.. group.Select(one => one.Past)], forecaster, horizon, Level);
        var measures = new ForecastMeasures[group.Length];
        WorkItems.For(
            group.Length,
            0,
            i =>
            {
                var (past, actual) = (group[i].Past, group[i].Actual);
                var forecast = forecaster.Fit(past).Forecast(actual.Length);
                measures[i] = ForecastMeasures.Of(
                    past.Values,
                    past.Season,
                    actual,
                    forecast.Mean,
                    calibration.Interval(forecast),
                    Level
                );
            }
        );
        return measures;
    }

    static double StandardError(ForecastMeasures[] measures)
    {
        var mean = measures.Average(one => one.Coverage);
        var variance = measures.Average(one => (one.Coverage - mean) * (one.Coverage - mean));
        return Math.Sqrt(variance / measures.Length);
    }

    static IEnumerable<Figure> BesideR(SeriesCase[] series)
    {
        if (Rivals.FirstLine("Rscript", "-e", "cat(as.character(packageVersion('forecast')))") is not { } version)
        {
            Console.Error.WriteLine("left out: forecast.ets, forecast.theta: R's forecast is not installed.");
            yield break;
        }
        foreach (
            var (id, call, forecaster, passes) in new (string, string, IForecaster, int)[]
            {
                ("forecast.ets", "f <- ets(y); a <- f$aicc", new EtsForecaster(), 5),
                ("forecast.arima", "f <- auto.arima(y); a <- f$aicc", new ArimaForecaster(), 2),
                ("forecast.theta", "f <- thetaf(y, h = 18); a <- 0", new ThetaForecaster(), 50),
            }
        )
        {
            var fits = Fit(series, forecaster);
            // One pass is shorter than the clock can tell.
            var start = Environment.CpuUsage.UserTime;
            for (var pass = 0; pass < passes; pass++)
                Fit(series, forecaster);
            var ours = (Environment.CpuUsage.UserTime - start).TotalSeconds / passes;
            var (theirs, criteria) = RunR(series, call);
            yield return new(
                id,
                ours,
                "s",
                $"R forecast {version}",
                theirs,
                theirs / ours,
                "sum of user time, one thread, 102 M3 monthly series"
            );
            if (id == "forecast.theta")
                continue;
            var differences = fits.Zip(criteria, (fit, aicc) => Aicc(fit) - aicc).ToArray();
            yield return new($"{id}_aicc_share", 100 * differences.Average(d => d <= 0.01 ? 1.0 : 0), "%");
            yield return new($"{id}_aicc_worst", differences.Max(), "");
        }
    }

    static double Aicc(SeriesFit fit) => fit is ArimaFit arima ? arima.Aicc : ((EtsFit)fit).Aicc;

    static SeriesFit[] Fit(SeriesCase[] series, IForecaster forecaster) =>
        [
            .. series.Select(one =>
            {
                var fit = forecaster.Fit(one.Past);
                fit.Forecast(18);
                return fit;
            }),
        ];

    static (double Seconds, double[] Criteria) RunR(SeriesCase[] series, string call)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(
                file,
                series.Select(one =>
                    string.Join(' ', one.Past.Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))
                )
            );
            var script = $$"""
                suppressMessages(library(forecast)); x <- lapply(strsplit(readLines("{{file}}"), " "), function(v) ts(as.numeric(v), frequency = 12))
                s <- 0; r <- c()
                for (y in x) { p <- proc.time()[["user.self"]]; {{call}}; if (a != 0) invisible(forecast(f, h = 18)); s <- s + proc.time()[["user.self"]] - p; r <- c(r, a) }
                cat(s, sprintf("%.10f", r))
                """;
            var line = Rivals.FirstLine("Rscript", "-e", script) ?? throw new InvalidOperationException("R failed.");
            double[] numbers = [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            return (numbers[0], numbers[1..]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

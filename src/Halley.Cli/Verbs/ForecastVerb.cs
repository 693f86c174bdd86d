using System.CommandLine;
using Halley.Data;
using Halley.Forecasting;
using Halley.Reports;
using Halley.Sources;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley forecast DATA --horizon N --out FILE</c></summary>
sealed class ForecastVerb() : Verb("forecast", "Forecast every series of a table, with intervals.")
{
    const int Shown = 10;

    readonly SeriesSource source = new();
    readonly Option<int> horizon = new("--horizon") { Description = "Steps ahead.", Required = true };
    readonly Option<string> method = new("--method")
    {
        Description = $"How: {string.Join(", ", Forecasters.Names)}.",
        DefaultValueFactory = _ => "auto",
    };
    readonly Option<double[]> levels = new("--levels")
    {
        Description = "Levels of the intervals in percent. Default: 80 95.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<bool?> calibrate = new("--calibrate")
    {
        Description = "Widen intervals by what they missed on the last window of all series. Default: from 100 series on.",
    };
    readonly Option<string?> result = new("--out") { Description = "CSV or Parquet file to write, in long form." };
    readonly Option<string?> page = new("--report") { Description = "HTML page with fan charts to write." };
    readonly Option<int> threads = new("--threads") { Description = "Threads; 0 for all processors. Changes no bit." };

    protected override IEnumerable<Symbol> Symbols =>
        [.. source.Symbols, horizon, method, levels, calibrate, result, page, threads];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var forecaster = SeriesSource.Forecaster(context.Get(method)!);
        var options = new ForecastRunOptions
        {
            Horizon = context.Get(horizon),
            Levels = SeriesSource.Levels(context.Get(levels)),
            Calibrate = context.Get(calibrate),
            Threads = context.Get(threads),
        };
        var (run, layout) = context.WithProgress(
            "forecast",
            progress =>
            {
                var (series, layout) = source.Read(context, project, progress.Part(0, 0.1));
                var run = ForecastRun.Of(series, forecaster, options, progress.Part(0.1, 0.9), context.Cancellation);
                if (context.Get(result) is { } file)
                    TableWriter.Write(run.ToTable(layout), file, progress.Part(0.9, 1), context.Cancellation);
                return (run, layout);
            }
        );
        if (context.Get(page) is { } path)
            WritePage(
                run,
                path,
                $"{layout.Value}, {context.Get(horizon)} steps ahead",
                project.IsSimulated(context.Get(source.Data))
            );
        context.Output.Write(Document(run, context), console => Show(console, run, context));
        return Task.FromResult(ExitStatus.Passed);
    }

    static void WritePage(ForecastRun run, string path, string title, bool simulated)
    {
        var report = new ForecastReport
        {
            Title = title,
            Run = run,
            Simulated = simulated,
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, report.ToHtml());
    }

    object Document(ForecastRun run, CommandContext context) =>
        new
        {
            Method = context.Get(method),
            Horizon = context.Get(horizon),
            SeriesCount = run.Series.Count,
            FilledSteps = run.Series.Sum(one => one.FilledSteps),
            Out = context.Get(result),
            Report = context.Get(page),
            Series = run.Series.Zip(
                run.Outlooks,
                (one, outlook) =>
                    new
                    {
                        one.Series.Id,
                        Model = outlook.Form,
                        Known = one.Series.Length,
                        Forecast = outlook.Mean,
                    }
            ),
        };

    void Show(IAnsiConsole console, ForecastRun run, CommandContext context)
    {
        var widest = run.Levels.Count - 1;
        var table = Tables.WithText("series", "known", "first", "forecast", "last", "forecast", "interval of the last", "model");
        foreach (var (known, outlook) in run.Series.Zip(run.Outlooks).Take(Shown))
        {
            var last = outlook.Mean.Length - 1;
            table.AddPlainRow(
                known.Series.Id,
                $"{known.Series.Length}",
                ForecastRun.TimeOf(known, 0),
                Tables.Number(outlook.Mean[0]),
                ForecastRun.TimeOf(known, last),
                Tables.Number(outlook.Mean[last]),
                $"{Tables.Number(outlook.Lower[widest][last])} to {Tables.Number(outlook.Upper[widest][last])}",
                outlook.Form
            );
        }
        console.Write(table);
        if (run.Series.Count > Shown)
            console.WriteLine($"… and {run.Series.Count - Shown:N0} more series");
        if (run.Series.Sum(one => one.FilledSteps) is > 0 and var filled)
            console.WriteLine($"{filled:N0} steps had no row and were treated as --gaps says");
        foreach (var file in new[] { context.Get(result), context.Get(page) }.OfType<string>())
            console.WriteLine($"written: {file}");
    }
}

using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Forecasting;
using Halley.Sources;

namespace Halley.Cli;

/// <summary><c>halley backtest DATA --horizon N --methods …</c></summary>
sealed class BacktestVerb()
    : Verb("backtest", "Compare methods on the past of every series: refitted at each origin, blind to what came after.")
{
    readonly SeriesSource source = new();
    readonly Option<int> horizon = new("--horizon") { Description = "Steps ahead from each origin.", Required = true };
    readonly Option<string[]> methods = new("--methods")
    {
        Description = $"Methods to compare: {string.Join(", ", Forecasters.Names)}. Default: auto seasonal-naive.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<int> windows = new("--windows")
    {
        Description = "Origins, the last one horizon before the end.",
        DefaultValueFactory = _ => 3,
    };
    readonly Option<int?> step = new("--step") { Description = "Steps between origins. Default: the horizon." };
    readonly Option<double> level = new("--level")
    {
        Description = "Level in percent of the intervals that are judged.",
        DefaultValueFactory = _ => 95,
    };
    readonly Option<string?> result = new("--out")
    {
        Description = "CSV or Parquet file for the measures of each series and origin.",
    };
    readonly Option<int> threads = new("--threads") { Description = "Threads; 0 for all processors. Changes no bit." };

    protected override IEnumerable<Symbol> Symbols =>
        [.. source.Symbols, horizon, methods, windows, step, level, result, threads];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var named = context.Get(methods) is { Length: > 0 } some ? some : ["auto", "seasonal-naive"];
        var forecasters = named.Distinct().Select(SeriesSource.Forecaster).ToList();
        var options = new BacktestOptions
        {
            Horizon = context.Get(horizon),
            Windows = context.Get(windows),
            Step = context.Get(step),
            Level = SeriesSource.Levels([context.Get(level)])[0],
            Threads = context.Get(threads),
        };
        var results = context.WithProgress(
            "backtest",
            progress =>
            {
                var (series, _) = source.Read(context, project, progress.Part(0, 0.1));
                List<TimeSeries> known = [.. series.Select(one => one.Series)];
                return Backtest.Run(known, forecasters, options, progress.Part(0.1, 1), context.Cancellation);
            }
        );
        if (results.Count == 0)
            throw new HalleyException(
                "HLY7305",
                $"no series is longer than the {options.Horizon} steps of a window. Shorten --horizon, or add history."
            );
        if (context.Get(result) is { } file)
            TableWriter.Write(ToTable(results), file, cancellation: context.Cancellation);
        var summaries = BacktestSummary.Of(results);
        context.Output.Write(
            new
            {
                options.Horizon,
                options.Windows,
                options.Level,
                Series = results.Select(one => one.Series).Distinct().Count(),
                Methods = summaries,
                Out = context.Get(result),
            },
            console =>
            {
                var table = Tables.New("method", "forecasts", "sMAPE", "MASE", "RMSSE", "bias", "CRPS", "MSIS", "coverage %");
                foreach (var row in summaries.OrderBy(row => row.Mean.Mase))
                    table.AddPlainRow(
                        row.Forecaster,
                        row.Windows.ToString("N0", CultureInfo.InvariantCulture),
                        Tables.Number(row.Mean.Smape),
                        Tables.Number(row.Mean.Mase),
                        Tables.Number(row.Mean.Rmsse),
                        Tables.Number(row.Mean.Bias),
                        Tables.Number(row.Mean.Crps),
                        Tables.Number(row.Mean.Msis),
                        $"{Tables.Number(100 * row.Mean.Coverage)} ± {Tables.Number(100 * row.CoverageError)}"
                    );
                console.Write(table);
            }
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    static Table ToTable(IReadOnlyList<BacktestResult> results)
    {
        NumericColumn Of(string name, Func<BacktestResult, double> pick) =>
            new(name, [.. results.Select(pick).Select(value => double.IsFinite(value) ? value : double.NaN)]);
        return new([
            new TextColumn("unique_id", [.. results.Select(one => one.Series)]),
            new TextColumn("method", [.. results.Select(one => one.Forecaster)]),
            Of("known", one => one.Known),
            Of("smape", one => one.Measures.Smape),
            Of("mape", one => one.Measures.Mape),
            Of("mase", one => one.Measures.Mase),
            Of("rmsse", one => one.Measures.Rmsse),
            Of("bias", one => one.Measures.Bias),
            Of("msis", one => one.Measures.Msis),
            Of("coverage", one => one.Measures.Coverage),
            Of("crps", one => one.Measures.Crps),
        ]);
    }
}

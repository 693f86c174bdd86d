using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Forecasting;

namespace Halley.Cli;

/// <summary>The options by which verbs are told where series are and how they are laid out.</summary>
sealed class SeriesSource
{
    public Argument<string> Data { get; } =
        new("data") { Description = "Table of data.yaml, or a CSV or Parquet file: a row for each series and step." };

    readonly Option<string?> id = new("--id")
    {
        Description = "Column that names the series. Default: unique_id where there is one, else all rows are one series.",
    };
    readonly Option<string> time = new("--time")
    {
        Description = "Column of dates, times or numbers of steps.",
        DefaultValueFactory = _ => "ds",
    };
    readonly Option<string> value = new("--value")
    {
        Description = "Column of the values. Rows without one after the last say what is known of the future.",
        DefaultValueFactory = _ => "y",
    };
    readonly Option<string?> exposure = new("--exposure")
    {
        Description = "Column of what the values are totals over, such as policy years; needed for every step forecast.",
    };
    readonly Option<string[]> regressors = new("--regressors")
    {
        Description = "Columns known in past and future, for models that use them (arima, auto).",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string?> frequency = new("--frequency")
    {
        Description = "Length of a step, such as month, week or '15 minutes'. Default: found from the times.",
    };
    readonly Option<int[]> seasons = new("--season")
    {
        Description = "Lengths of the seasons in steps. Default: the usual ones of the frequency; 1 for none.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<GapRule> gaps = new("--gaps")
    {
        Description = "What stands in place of steps left out: refuse, zero, previous, interpolate, keep. Default: refuse.",
    };

    readonly Option<string?> delay = new("--delay")
    {
        Description =
            "Column of the steps from event to report: rows of one time are added up, and young steps are developed by the chain ladder.",
    };

    public IEnumerable<Symbol> Symbols => [Data, id, time, value, exposure, regressors, frequency, seasons, gaps, delay];

    /// <summary>The series, and how they were laid out.</summary>
    public (IReadOnlyList<KnownSeries> Series, SeriesLayout Layout) Read(
        CommandContext context,
        Project project,
        IProgress<FitProgress>? progress
    )
    {
        var table = project.ReadTable(context.Get(Data), context.Cancellation, progress);
        var named = context.Get(id);
        var given = context.Get(seasons) is { Length: > 0 } some ? some : null;
        if (given?.FirstOrDefault(length => length < 1) is { } wrong && wrong != 0)
            throw new HalleyException("HLY7301", $"--season {wrong}: a season has at least 1 step. Give 1 for none.");
        var layout = new SeriesLayout
        {
            Id = named ?? (table.Has("unique_id") ? "unique_id" : null),
            Time = context.Get(time)!,
            Value = context.Get(value)!,
            Exposure = context.Get(exposure),
            Regressors = context.Get(regressors) ?? [],
            Frequency = Length(context.Get(frequency)),
            Seasons = given is null ? null : [.. given.Where(length => length > 1).Distinct().Order()],
            Gaps = context.Get(gaps),
        };
        if (context.Get(delay) is { } column)
            (table, layout) = DelayTable.AddUp(table, layout, column);
        return (LongTable.Read(table, layout), layout);
    }

    /// <summary>The forecaster of a name.</summary>
    /// <exception cref="HalleyException">HLY7302: there is none.</exception>
    public static IForecaster Forecaster(string name) =>
        Forecasters.TryNamed(name, out var forecaster)
            ? forecaster
            : throw new HalleyException(
                "HLY7302",
                $"there is no method '{name}'. Choose from: {string.Join(", ", Forecasters.Names)}."
            );

    /// <summary>Levels of intervals from percent.</summary>
    public static IReadOnlyList<double> Levels(double[]? percent)
    {
        foreach (var level in percent ?? [])
        {
            if (!(level > 0 && level < 100))
                throw new HalleyException(
                    "HLY7303",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"--levels {level}: a level lies between 0 and 100 percent, such as 95."
                    )
                );
        }
        return percent is { Length: > 0 } ? [.. percent.Select(level => level / 100).Distinct()] : [0.8, 0.95];
    }

    static StepLength? Length(string? text) =>
        text is null ? null
        : StepLength.TryParse(text, out var length) ? length
        : throw new HalleyException(
            "HLY7304",
            $"--frequency '{text}' is no length of a step. Write minute, hour, day, week, month, quarter or year, or a number of them: '15 minutes'."
        );
}

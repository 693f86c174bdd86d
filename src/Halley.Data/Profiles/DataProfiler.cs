using Halley.Kernels;

namespace Halley.Data;

/// <summary>Runs a profile: columns first, then the checks that warn.</summary>
sealed class DataProfiler(Table table, ProfileOptions options)
{
    readonly ProfiledTable profiled = new(table, options);

    public DataProfile Run(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LevelsShown, 1, nameof(options));
        // 1. What each column holds.
        var columns = new List<ColumnProfile>();
        foreach (var column in table.Columns)
        {
            progress?.Report(new("profiling columns", 0.5 * columns.Count / table.Columns.Count, column.Name));
            columns.Add(ColumnProfiler.Of(column, profiled));
            cancellation.ThrowIfCancellationRequested();
        }
        // 2. What a person should look at, the gravest first.
        (string About, Func<IEnumerable<DataWarning>> Find)[] checks =
        [
            ("leaks", () => LeakCheck.Of(profiled)),
            ("target", () => TargetChecks.Of(profiled)),
            ("exposure", () => ExposureChecks.Of(profiled)),
            ("columns", () => ColumnChecks.Of(profiled, columns)),
            ("texts", () => TextLooks.Of(table)),
            ("pairs of columns", () => TwinChecks.Of(profiled)),
        ];
        var warnings = new List<DataWarning>();
        for (var i = 0; i < checks.Length; i++)
        {
            progress?.Report(new("looking for trouble", 0.5 + 0.5 * i / checks.Length, checks[i].About));
            warnings.AddRange(checks[i].Find());
            cancellation.ThrowIfCancellationRequested();
        }
        var profile = new DataProfile
        {
            Rows = table.RowCount,
            Exposure = profiled.Exposure is null ? null : CompensatedSum.Of(profiled.Years),
            TargetTotal = profiled.Target is null ? null : CompensatedSum.Of(profiled.Target),
            RepeatedRows = RepeatedRows(),
            Columns = columns,
            Warnings = warnings,
        };
        progress?.Report(new("profiled", 1));
        return profile;
    }

    // By 64-bit hashes: two different rows agree by chance once in 10^19 pairs.
    int RepeatedRows()
    {
        Column[] features = [.. profiled.Features];
        if (features.Length == 0)
            return 0;
        var keys = new ulong[table.RowCount];
        foreach (var feature in features)
        {
            var bits = BitsOf(feature);
            for (var row = 0; row < keys.Length; row++)
                keys[row] = CounterRandom.Bits(keys[row], bits[row], 0);
        }
        return keys.Length - keys.Distinct().Count();
    }

    static ulong[] BitsOf(Column column)
    {
        if (column is TextColumn text)
            return Array.ConvertAll(text.Values.ToArray(), value => value is null ? 0 : StableKeys.Of(value));
        var slots = new double[column.RowCount];
        column.CopySlots(0, slots);
        return Array.ConvertAll(slots, BitConverter.DoubleToUInt64Bits);
    }
}

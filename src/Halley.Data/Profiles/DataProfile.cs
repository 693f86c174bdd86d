using System.Text.Json;

namespace Halley.Data;

/// <summary>Counts, ranges, levels by exposure, and warnings: what to know of data before fitting anything.</summary>
public sealed record DataProfile
{
    public required int Rows { get; init; }

    /// <summary>Total years at risk; null where there is no exposure column.</summary>
    public double? Exposure { get; init; }

    /// <summary>Total of the target; null without one.</summary>
    public double? TargetTotal { get; init; }

    /// <summary>Rows whose features all equal those of an earlier row.</summary>
    public required int RepeatedRows { get; init; }

    public required IReadOnlyList<ColumnProfile> Columns { get; init; }

    public required IReadOnlyList<DataWarning> Warnings { get; init; }

    /// <summary>Profiles a table.</summary>
    /// <exception cref="HalleyException">HLY1001, HLY1002: the target is not there, or is no number.</exception>
    public static DataProfile Of(
        Table table,
        ProfileOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    ) => new DataProfiler(table, options ?? new()).Run(progress, cancellation);

    /// <summary>One indented JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ProfileJsonContext.Default.DataProfile);
}

using Halley.Data;

namespace Halley.Registry;

/// <summary>Which decisions are valued, and when.</summary>
public sealed record ValueQuery
{
    public required string Environment { get; init; }

    /// <summary>Decisions from this time on; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Decisions before this time less the definition's maturity, and outcomes valued up to its day.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Told how far the reading of the log has come. Default: nobody.</summary>
    public IProgress<FitProgress>? Progress { get; init; }
}

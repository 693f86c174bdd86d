namespace Halley.Registry;

/// <summary>How long the release takes for one decision here, log and network left out.</summary>
public sealed record LatencyEvidence : GateEvidence
{
    public required int Decisions { get; init; }

    /// <summary>Milliseconds.</summary>
    public required double Median { get; init; }

    /// <summary>99 in 100 took at most this, milliseconds.</summary>
    public required double P99 { get; init; }

    /// <summary>The champion's, on the same records; null without one.</summary>
    public double? ChampionP99 { get; init; }
}

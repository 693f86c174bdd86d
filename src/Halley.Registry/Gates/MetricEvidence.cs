namespace Halley.Registry;

/// <summary>A metric of the release and of the champion on the same rows.</summary>
public sealed record MetricEvidence : GateEvidence
{
    public required double Candidate { get; init; }

    /// <summary>Null where the environment has no champion.</summary>
    public double? Champion { get; init; }

    public required bool HigherIsBetter { get; init; }

    /// <summary>Lower end of the paired interval of candidate − champion.</summary>
    public double? DifferenceLower { get; init; }

    /// <summary>Upper end of the paired interval of candidate − champion.</summary>
    public double? DifferenceUpper { get; init; }
}

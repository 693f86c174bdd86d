namespace Halley.Registry;

/// <summary>A wish to begin an experiment on a release that has its place already.</summary>
public sealed record ExperimentDraft
{
    public required string Environment { get; init; }

    /// <summary>A challenger or a shadow of that environment.</summary>
    public required VersionId Release { get; init; }

    public required ValueDefinition Value { get; init; }

    /// <summary>Length of the intake, above 0.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>Decisions of both arms that are expected by then, above 0.</summary>
    public required double PlannedDecisions { get; init; }

    /// <summary>The smallest difference a unit that matters. Default: that of the value definition.</summary>
    public double? MinimumDifference { get; init; }

    public required Actor By { get; init; }

    public required string Why { get; init; }
}

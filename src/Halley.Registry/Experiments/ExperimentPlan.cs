namespace Halley.Registry;

/// <summary>What an experiment of a length can show, told before it starts.</summary>
public sealed record ExperimentPlan
{
    public required ExperimentTraffic Traffic { get; init; }

    /// <summary>Share of the units of the release that is judged.</summary>
    public required double Share { get; init; }

    /// <summary>Share of the units of the champion beside it.</summary>
    public required double AgainstShare { get; init; }

    public required double Level { get; init; }

    /// <summary>Chance of a verdict by the planned end where the difference is <see cref="Detectable"/>; larger in truth, since it may come earlier.</summary>
    public required double Power { get; init; }

    /// <summary>Weeks of intake.</summary>
    public required double Weeks { get; init; }

    /// <summary>Weeks until the last decision is old enough.</summary>
    public required double MaturityWeeks { get; init; }

    /// <summary>Units of the release by the planned end.</summary>
    public required double Units { get; init; }

    public required double AgainstUnits { get; init; }

    /// <summary>Decisions of both by the planned end.</summary>
    public required double Decisions { get; init; }

    /// <summary>The smallest difference a unit that is found with the power.</summary>
    public required double Detectable { get; init; }

    /// <summary>The same if nobody looked before the end: the price of looking at any time.</summary>
    public required double DetectableInOneLook { get; init; }
}

using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>A comparison of two releases with its rules fixed before the first decision counts. Never changes.</summary>
public sealed record Experiment
{
    /// <summary>A UUID of version 7.</summary>
    public required string Id { get; init; }

    public required string Environment { get; init; }

    public required string Decision { get; init; }

    /// <summary>The release that is judged: a challenger, or a shadow.</summary>
    public required VersionId Release { get; init; }

    /// <summary>The champion at the start; another champion ends what counts.</summary>
    public required VersionId Against { get; init; }

    /// <summary>Randomised arm for a challenger, shadow pair for a shadow.</summary>
    public required ValueGrade Grade { get; init; }

    /// <summary>The split of the units by <see cref="LiveArms.Experiment"/>: units of another split do not count.</summary>
    public required int Split { get; init; }

    /// <summary>What a decision is worth, as it was defined at the start.</summary>
    public required ValueDefinition Value { get; init; }

    /// <summary>The smallest difference a unit that matters; null for none.</summary>
    public double? MinimumDifference { get; init; }

    /// <summary>Decisions of both arms for which the interval is narrowest.</summary>
    public required double PlannedDecisions { get; init; }

    /// <summary>When the last decision that counts is made.</summary>
    public required DateTimeOffset PlannedEnd { get; init; }

    /// <summary>Level of the interval at all times together. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Units that each arm must have before the first look. Default 100.</summary>
    public int FirstLook { get; init; } = 100;

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Why { get; init; }

    /// <summary>Age from which a decision is valued: none for a shadow pair, whose expected values are known at once.</summary>
    [JsonIgnore]
    public TimeSpan Maturity => Grade == ValueGrade.ShadowPair ? TimeSpan.Zero : Value.Maturity;

    /// <summary>When the last decision is old enough to be valued.</summary>
    [JsonIgnore]
    public DateTimeOffset VerdictAt => PlannedEnd + Maturity;
}

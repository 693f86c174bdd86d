namespace Halley.Registry;

/// <summary>What one release earned against another, as far as one way of knowing tells.</summary>
public sealed record ValueLine
{
    public required ValueGrade Grade { get; init; }

    public required VersionId Release { get; init; }

    /// <summary>The release it is compared with.</summary>
    public required VersionId Against { get; init; }

    public required string Currency { get; init; }

    /// <summary>What <see cref="Value"/> is counted by: the unit's name, or <c>decision</c> for a shadow pair.</summary>
    public required string Per { get; init; }

    /// <summary>Mean value under the release less that under the other, in money for each <see cref="Per"/>.</summary>
    public required double Value { get; init; }

    public required double StandardError { get; init; }

    /// <summary>Lower end of the 95 % interval; NaN where there is too little to tell.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the 95 % interval; NaN where there is too little to tell.</summary>
    public required double Upper { get; init; }

    /// <summary>Different units behind the release's side.</summary>
    public required int Units { get; init; }

    /// <summary>Different units behind the other side; the same ones for a shadow pair.</summary>
    public required int AgainstUnits { get; init; }

    /// <summary>Decisions behind both sides.</summary>
    public required int Decisions { get; init; }

    /// <summary>Whether the interval leaves zero out.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>About how many more weeks at the present rate and spread until the interval leaves zero out; null where known, or beyond ten years.</summary>
    public required double? WeeksToKnow { get; init; }

    /// <summary>Whether any record behind it rests on generated data.</summary>
    public required bool Simulated { get; init; }

    /// <summary>What has to be true for the figure to be.</summary>
    public required string Assumption { get; init; }

    /// <summary>How often such intervals held the truth where it is known, in words.</summary>
    public required string Measured { get; init; }

    /// <summary>The line in words.</summary>
    public required string Sentence { get; init; }
}

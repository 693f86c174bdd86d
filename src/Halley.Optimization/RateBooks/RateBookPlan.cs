namespace Halley.Optimization;

/// <summary>A rate book, and how far any prices at all could be better.</summary>
public sealed record RateBookPlan
{
    /// <summary>Factor, level, relativity of today and the new one.</summary>
    public required IReadOnlyList<RateLevel> Levels { get; init; }

    /// <summary>Whether every limit is kept.</summary>
    public required bool IsWithinLimits { get; init; }

    public required double Profit { get; init; }

    /// <summary>Profit at the relativities of today.</summary>
    public required double ProfitToday { get; init; }

    /// <summary>What prices of each policy's own, on a fine grid over the range that the caps allow, could earn at most within the limits; NaN where they can't keep them.</summary>
    public required double IndividualBound { get; init; }

    /// <summary>Limits with what the book reaches, in their own figures.</summary>
    public required IReadOnlyList<(string Name, double Reached, double Missed)> Limits { get; init; }

    /// <summary>Rules of the book that could not be kept after rounding; empty when all are.</summary>
    public required IReadOnlyList<string> Broken { get; init; }
}

/// <summary>A level of the book.</summary>
public sealed record RateLevel(string Factor, string Level, double Today, double Relativity);

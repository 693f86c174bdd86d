namespace Halley.Optimization;

/// <summary>A roster, and how much better any other could be.</summary>
public sealed record RosterPlan
{
    /// <summary>Shift of every person and day, shape (people, days), −1 for a day off; null where none was found.</summary>
    public required int[,]? Shifts { get; init; }

    /// <summary>Cost of wishes, cover and changes.</summary>
    public required double Cost { get; init; }

    /// <summary>No roster costs less.</summary>
    public required double Bound { get; init; }

    /// <summary>(cost − bound) / cost; 0 for a cost of 0.</summary>
    public double Gap =>
        Shifts is null ? double.PositiveInfinity
        : Cost <= 0 ? 0
        : Math.Max(0, Cost - Bound) / Cost;

    public bool IsProven => Shifts is not null && Cost - Bound < 1e-6;

    /// <summary>Why people have no roster at all; empty where they have.</summary>
    public required IReadOnlyList<RosterClash> Clashes { get; init; }

    /// <summary>Rosters of single people that were made.</summary>
    public required int Columns { get; init; }

    public required TimeSpan Elapsed { get; init; }
}

/// <summary>A person without any roster, and what would give one.</summary>
/// <param name="Rules">Each of these rules, changed alone as it says, would allow a roster; empty where only several together would.</param>
public sealed record RosterClash(string Person, IReadOnlyList<string> Rules);

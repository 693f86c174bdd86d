namespace Halley.Optimization;

/// <summary>The rules of a roster as they are written down; people, leave, wishes and cover are sheets of a book.</summary>
public sealed record RosterSpec
{
    /// <summary>Date of day 0.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Days of the horizon.</summary>
    public required int Days { get; init; }

    public required IReadOnlyList<ShiftKind> Shifts { get; init; }

    /// <summary>Contracts by name; how many shifts of a kind a person takes at most is a column of the people's sheet.</summary>
    public required IReadOnlyList<KeyValuePair<string, RosterContract>> Contracts { get; init; }
}

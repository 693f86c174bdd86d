namespace Halley.Data;

/// <summary>One field of a <see cref="Schema"/>: the same declaration checks a training file and a live request.</summary>
public sealed record Field
{
    public required string Name { get; init; }

    public required FieldKind Kind { get; init; }

    /// <summary>Default <see cref="Role.Feature"/>.</summary>
    public Role Role { get; init; } = Role.Feature;

    /// <summary>Unit in words, for example <c>years</c>, <c>EUR</c>, <c>inhabitants/km²</c>; null where there is none.</summary>
    public string? Unit { get; init; }

    public string? Description { get; init; }

    /// <summary>Smallest value allowed (numbers; day number for dates); null for no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest value allowed (numbers; day number for dates); null for no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether a number must be whole.</summary>
    public bool Whole { get; init; }

    /// <summary>Levels of a category, in code order; null for other kinds.</summary>
    public LevelList? Levels { get; init; }

    /// <summary>Default: reject.</summary>
    public ValueRule WhenMissing { get; init; } = ValueRule.Reject;

    /// <summary>For levels outside <see cref="Levels"/>. Default: reject.</summary>
    public ValueRule WhenUnseen { get; init; } = ValueRule.Reject;
}

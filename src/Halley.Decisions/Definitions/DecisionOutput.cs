namespace Halley.Decisions;

/// <summary>One named value of the answer.</summary>
public sealed record DecisionOutput
{
    public required string Name { get; init; }

    public required OutputKind Kind { get; init; }

    /// <summary>Formula of the value.</summary>
    public required string Value { get; init; }

    /// <summary>Rounding, for kind money; null for other kinds.</summary>
    public MoneyRule? Money { get; init; }

    /// <summary>
    /// For kind money: formula of the number of payments, 1 to 366. The answer then also has <c>name_instalments</c>, amounts that
    /// add up to the total. Null for none.
    /// </summary>
    public string? Instalments { get; init; }

    /// <summary>Whether the value may be missing, and is then null. Default: no; a missing value is a failure.</summary>
    public bool Optional { get; init; }

    /// <summary>Actions with which the output is left out, for example a price that is not shown with <c>decline</c>.</summary>
    public IReadOnlyList<string> NotWith { get; init; } = [];

    public string? Unit { get; init; }

    public string? Description { get; init; }
}

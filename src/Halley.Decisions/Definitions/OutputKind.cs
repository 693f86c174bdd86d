namespace Halley.Decisions;

/// <summary>What an output is to the caller.</summary>
public enum OutputKind
{
    Number,

    /// <summary>A level, written as text.</summary>
    Category,
    Boolean,

    /// <summary>A date, written as 2026-01-31.</summary>
    Date,

    /// <summary>An amount, rounded in decimal arithmetic by the output's <see cref="MoneyRule"/>.</summary>
    Money,
}

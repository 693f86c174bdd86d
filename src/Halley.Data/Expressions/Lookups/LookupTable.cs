namespace Halley.Data.Expressions;

/// <summary>A table of values by one or more keys, for <c>lookup(table, key, …)</c>. Data only; checked when an expression uses it.</summary>
/// <remarks>
/// At most one row may match. A value that no row matches gives <see cref="Default"/>; without one, a level that no row
/// mentions is refused beforehand, and what is only found at run time is missing. A missing key gives missing, unless a row has
/// a null cell for it.
/// </remarks>
public sealed record LookupTable
{
    public required string Name { get; init; }

    public required IReadOnlyList<LookupKey> Keys { get; init; }

    public required IReadOnlyList<LookupRow> Rows { get; init; }

    /// <summary>Number or category. Default: number.</summary>
    public FieldKind ValueKind { get; init; } = FieldKind.Number;

    /// <summary>The value where no row matches; null for none.</summary>
    public string? Default { get; init; }
}

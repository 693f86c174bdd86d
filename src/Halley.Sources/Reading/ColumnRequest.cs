using DuckDB.NET.Native;

namespace Halley.Sources.Reading;

/// <summary>A column of DuckDB's to read.</summary>
/// <param name="Kind">The kind that its type is nearest to; text becomes a category where its levels are few, or a schema says so.</param>
/// <param name="Declared">The kind that a schema declares, or null.</param>
sealed record ColumnRequest(string Name, FieldKind Kind, FieldKind? Declared)
{
    /// <summary>The request for a column of a type.</summary>
    /// <remarks>Whole numbers that are declared text or category are read as text: as doubles, long ids would change.</remarks>
    public static ColumnRequest Of(string name, DuckDBType type, FieldKind? declared, string place)
    {
        var (kind, isWhole) = NearestKind(type) ?? throw SourceErrors.UnreadableType(place, name, type.ToString());
        return new(name, isWhole && declared is FieldKind.Text or FieldKind.Category ? FieldKind.Text : kind, declared);
    }

    static (FieldKind Kind, bool IsWhole)? NearestKind(DuckDBType type) =>
        type switch
        {
            DuckDBType.Boolean => (FieldKind.Boolean, false),
            DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt => (FieldKind.Number, true),
            DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger => (FieldKind.Number, true),
            DuckDBType.UnsignedBigInt or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt => (FieldKind.Number, true),
            DuckDBType.Float or DuckDBType.Double or DuckDBType.Decimal => (FieldKind.Number, false),
            DuckDBType.Date or DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs => (FieldKind.Date, false),
            DuckDBType.TimestampNs or DuckDBType.TimestampTz => (FieldKind.Date, false),
            DuckDBType.Varchar or DuckDBType.Enum or DuckDBType.Uuid => (FieldKind.Text, false),
            _ => null,
        };
}

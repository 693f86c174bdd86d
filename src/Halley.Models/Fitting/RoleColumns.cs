using System.Globalization;

namespace Halley.Models;

/// <summary>Brings target, weight, offset and exposure into the kinds that their roles need.</summary>
static class RoleColumns
{
    /// <summary>The table with a numeric target, weight and offset, and an exposure of its own kind.</summary>
    /// <exception cref="HalleyException">HLY3404: a column's kind does not fit its role; HLY1101: a bad exposure.</exception>
    public static Table Type(ModelSpec spec, Table table)
    {
        table = table.With(Number(table[spec.Target], "target"));
        if (spec.Weight is not null)
            table = table.With(Number(table[spec.Weight], "weight"));
        if (spec.Offset is not null)
            table = table.With(Number(table[spec.Offset], "offset"));
        if (spec.Exposure is not null)
            table = table.With(Exposure(table[spec.Exposure]));
        return table;
    }

    static Column Number(Column column, string role)
    {
        switch (column)
        {
            case NumericColumn:
                return column;
            case BooleanColumn:
                var values = new double[column.RowCount];
                column.CopySlots(0, values);
                return new NumericColumn(column.Name, values);
            default:
                throw new HalleyException(
                    "HLY3404",
                    $"{role} column '{column.Name}' is of kind {column.Kind.ToString().ToLowerInvariant()}; a {role} is a number"
                        + (
                            role == "target"
                                ? " or true and false. Derive one, for example \"" + column.Name + " == 'yes'\"."
                                : "."
                        )
                );
        }
    }

    /// <summary>The column as exposure.</summary>
    public static ExposureColumn Exposure(Column column) =>
        column switch
        {
            ExposureColumn exposure => exposure,
            NumericColumn number => new(column.Name, number.Values.ToArray()),
            _ => throw new HalleyException(
                "HLY3404",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"exposure column '{column.Name}' is of kind {column.Kind.ToString().ToLowerInvariant()}; years at risk are numbers."
                )
            ),
        };
}

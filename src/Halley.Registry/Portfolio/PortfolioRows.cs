using System.Globalization;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Rows of a portfolio as a decision takes them.</summary>
static class PortfolioRows
{
    /// <summary>A portfolio need not hold the ids that requests carry: a row's number, from 1, stands for one.</summary>
    internal static Table WithIds(Table rows, DecisionDefinition decision) =>
        decision
            .Inputs.Fields.Where(field => field.Role == Role.Id && !rows.Has(field.Name))
            .Aggregate(rows, (table, field) => table.With(new TextColumn(field.Name, Numbers(rows.RowCount))));

    /// <summary>At most so many rows, evenly from the whole.</summary>
    internal static Table Sample(Table rows, int most) =>
        rows.RowCount <= most
            ? rows
            : rows.Take([.. Enumerable.Range(0, most).Select(i => (int)((long)i * rows.RowCount / most))]);

    /// <summary>Years at risk of each row; 1 where the portfolio has no exposure. Shape (n).</summary>
    internal static double[] Exposure(Table rows)
    {
        var years = new double[rows.RowCount];
        if (rows.Columns.FirstOrDefault(column => column.Kind == FieldKind.Exposure) is { } column)
            column.CopySlots(0, years);
        else
            Array.Fill(years, 1);
        return years;
    }

    /// <summary>A column in which a field has one value in every row, as a request would send it.</summary>
    /// <exception cref="HalleyException">HLY5320: the value is none of the field's kind.</exception>
    internal static Column Constant(Field field, string value, int rowCount)
    {
        double slot;
        switch (field.Kind)
        {
            case FieldKind.Number or FieldKind.Exposure when Number(value, out slot):
                return new NumericColumn(field.Name, Filled(slot, rowCount));
            case FieldKind.Boolean when value is "true" or "false":
                return new BooleanColumn(field.Name, Filled((sbyte)(value == "true" ? 1 : 0), rowCount));
            case FieldKind.Category when field.Levels is { } levels && levels.CodeOf(value) is >= 0 and var code:
                return new CategoricalColumn(field.Name, Filled(code, rowCount), levels);
            case FieldKind.Date
                when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                return new DateColumn(field.Name, Filled(day.DayNumber, rowCount));
            case FieldKind.Text:
                return new TextColumn(field.Name, Filled<string?>(value, rowCount));
            default:
                throw new HalleyException(
                    "HLY5320",
                    $"'{value}' is no value of the input '{field.Name}', a {field.Kind.ToString().ToLowerInvariant()}{(field.Levels is { } listed ? $" with the levels {string.Join(", ", listed.Levels)}" : "")}. Correct gates.yaml."
                );
        }
    }

    static bool Number(string value, out double number) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    static T[] Filled<T>(T value, int count)
    {
        var values = new T[count];
        Array.Fill(values, value);
        return values;
    }

    static string[] Numbers(int count) =>
        [.. Enumerable.Range(1, count).Select(row => row.ToString(CultureInfo.InvariantCulture))];
}

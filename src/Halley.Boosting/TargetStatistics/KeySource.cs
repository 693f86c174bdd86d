using Halley.Data;

namespace Halley.Boosting;

/// <summary>A feature as levels that keys are made of: a category's own, or the distinct values of a number.</summary>
sealed class KeySource
{
    /// <summary>Null for a number.</summary>
    readonly LevelList? levels;

    /// <summary>Of the learn rows, rising; empty for a category.</summary>
    readonly double[] numbers;

    KeySource(Column learn, LevelList? levels, double[] numbers)
    {
        (this.levels, this.numbers) = (levels, numbers);
        Codes = CodesOf(learn);
    }

    internal static KeySource Of(Column learn)
    {
        if (learn is CategoricalColumn category)
            return new(learn, category.Levels, []);
        double[] distinct = [.. Values(learn).Where(value => !double.IsNaN(value)).Distinct()];
        Array.Sort(distinct);
        return new(learn, null, distinct);
    }

    /// <summary>Levels; a number has one more, for values that no learn row has.</summary>
    internal int Count => levels?.Count ?? numbers.Length + 1;

    /// <summary>Of the learn rows, shape (n); −1 is missing.</summary>
    internal int[] Codes { get; }

    /// <summary>The number as its code, as a scorer has it; null for a category, which comes as one.</summary>
    /// <param name="feature">Place of the number.</param>
    internal MapColumn? AsColumn(int feature) =>
        levels is null
            ? new(
                feature,
                numbers,
                [.. Enumerable.Range(0, numbers.Length).Select(code => (double)code)],
                numbers.Length,
                double.NaN,
                false
            )
            : null;

    /// <summary>Shape (n): the code of each row; −1 for missing values and for levels that no learn row has.</summary>
    internal int[] CodesOf(Column rows)
    {
        if (levels is not null)
        {
            var category = (CategoricalColumn)rows;
            var map = category.Levels.MapTo(levels);
            return Array.ConvertAll(category.Codes.ToArray(), code => code < 0 ? -1 : map[code]);
        }
        return Array.ConvertAll(
            Values(rows),
            value =>
                double.IsNaN(value) ? -1
                : Array.BinarySearch(numbers, value) is var place and >= 0 ? place
                : numbers.Length
        );
    }

    static double[] Values(Column column)
    {
        if (column.Kind is not (FieldKind.Number or FieldKind.Boolean or FieldKind.Date))
            BoostingErrors.ThrowBadFeatureKind(column);
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        return values;
    }
}

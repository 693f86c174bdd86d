using System.Globalization;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The rows of a column in groups: levels, or ten bands of equal exposure of a number or date. Missing is a group of its own.</summary>
/// <remarks>Bands are cut on one table and applied to others, so that shares can be compared.</remarks>
sealed class PortfolioGroups
{
    const int Bands = 10;
    const string Missing = "missing";

    readonly string field;
    readonly bool isDate;
    readonly LevelList? levels;
    readonly double[] cuts;

    PortfolioGroups(string field, LevelList? levels, double[] cuts, bool isDate) =>
        (this.field, this.levels, this.cuts, this.isDate) = (field, levels, cuts, isDate);

    /// <summary>Groups of a column; null for a text that has no order and too many values.</summary>
    internal static PortfolioGroups? Of(Column column, double[] exposure)
    {
        switch (column)
        {
            case CategoricalColumn category:
                return new(column.Name, category.Levels, [], false);
            case BooleanColumn:
                return new(column.Name, new(["false", "true"]), [], false);
            case TextColumn:
                return null;
            default:
                var values = new double[column.RowCount];
                column.CopySlots(0, values);
                return new(column.Name, null, Cuts(values, exposure), column.Kind == FieldKind.Date);
        }
    }

    /// <summary>Groups there are; the one before the last is for levels that the first table does not list, the last for missing values.</summary>
    internal int Count => (levels?.Count ?? cuts.Length + 1) + 2;

    /// <summary>The group of each row, shape (n).</summary>
    internal int[] Codes(Column column)
    {
        var codes = new int[column.RowCount];
        if (levels is not null)
        {
            for (var row = 0; row < codes.Length; row++)
                codes[row] =
                    column.TextAt(row) is not { } text ? Count - 1
                    : levels.CodeOf(text) is >= 0 and var code ? code
                    : Count - 2;
            return codes;
        }
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        for (var row = 0; row < codes.Length; row++)
            codes[row] = double.IsNaN(values[row]) ? Count - 1 : Band(values[row]);
        return codes;
    }

    /// <summary>The share of the exposure in each group, shape (<see cref="Count"/>).</summary>
    internal double[] Shares(Column column, double[] exposure)
    {
        var shares = new double[Count];
        var codes = Codes(column);
        for (var row = 0; row < codes.Length; row++)
            shares[codes[row]] += exposure[row];
        var total = shares.Sum();
        for (var group = 0; group < shares.Length; group++)
            shares[group] /= total;
        return shares;
    }

    /// <summary>For example <c>region = North</c> or <c>age from 25 to below 40</c>.</summary>
    internal string Describe(int group)
    {
        if (group == Count - 1)
            return $"{field} {Missing}";
        if (group == Count - 2)
            return $"{field} with a level not seen before";
        if (levels is not null)
            return $"{field} = {levels[group]}";
        if (cuts.Length == 0)
            return field;
        return group == 0 ? $"{field} below {Text(cuts[0])}"
            : group == cuts.Length ? $"{field} from {Text(cuts[^1])}"
            : $"{field} from {Text(cuts[group - 1])} to below {Text(cuts[group])}";
    }

    /// <summary>The band that a value is in: the number of cuts that are at most the value.</summary>
    int Band(double value)
    {
        var found = Array.BinarySearch(cuts, value);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>Where the next tenth of the exposure begins; fewer where many rows share a value.</summary>
    static double[] Cuts(double[] values, double[] exposure)
    {
        var (keys, weights) = (values.ToArray(), exposure.ToArray());
        Array.Sort(keys, weights);
        // NaN sorts first.
        var first = Array.FindIndex(keys, value => !double.IsNaN(value));
        if (first < 0)
            return [];
        var total = weights.Skip(first).Sum();
        var (cuts, running) = (new List<double>(), 0.0);
        for (var i = first; i < keys.Length; i++)
        {
            var isNext = running >= total * (cuts.Count + 1) / Bands && keys[i] > (cuts.Count > 0 ? cuts[^1] : keys[first]);
            if (isNext && cuts.Count < Bands - 1)
                cuts.Add(keys[i]);
            running += weights[i];
        }
        return [.. cuts];
    }

    string Text(double value) =>
        isDate
            ? DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);
}

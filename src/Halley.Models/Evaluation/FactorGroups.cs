using System.Globalization;

namespace Halley.Models;

/// <summary>The rows of a column sorted into groups with labels: levels, distinct values, or bands of about equal size.</summary>
/// <param name="Codes">Group of each row, shape (n).</param>
sealed record FactorGroups(int[] Codes, IReadOnlyList<string> Labels)
{
    const string Missing = "(missing)";

    /// <param name="sizes">How much each row counts, shape (n).</param>
    /// <param name="bands">Most distinct values of a number or date that stand each for itself, and most bands otherwise.</param>
    public static FactorGroups Of(Column column, double[] sizes, int bands)
    {
        var values = new double[column.RowCount];
        column.CopySlots(0, values);
        return column switch
        {
            CategoricalColumn categorical => Coded(values, categorical.Levels.Levels),
            BooleanColumn => Coded(values, ["false", "true"]),
            _ => Banded(values, sizes, bands, value => Text(column.Kind, value)),
        };
    }

    static FactorGroups Coded(double[] codes, IReadOnlyList<string> levels) =>
        new([.. codes.Select(code => double.IsNaN(code) ? levels.Count : (int)code)], [.. levels, Missing]);

    static FactorGroups Banded(double[] values, double[] sizes, int bands, Func<double, string> text)
    {
        var distinct = values.Where(value => !double.IsNaN(value)).Distinct().Take(bands + 1).Order().ToArray();
        if (distinct.Length <= bands)
            return Sorted(values, distinct, [.. distinct.Select(text), Missing]);
        var cuts = Cuts(values, sizes, bands);
        var labels = new List<string> { $"< {text(cuts[0])}" };
        for (var i = 1; i < cuts.Length; i++)
            labels.Add($"[{text(cuts[i - 1])}, {text(cuts[i])})");
        labels.Add($">= {text(cuts[^1])}");
        return Sorted(values, [double.NegativeInfinity, .. cuts], [.. labels, Missing]);
    }

    /// <summary>Each row's last start that is at most its value.</summary>
    static FactorGroups Sorted(double[] values, double[] starts, IReadOnlyList<string> labels)
    {
        var codes = new int[values.Length];
        for (var row = 0; row < values.Length; row++)
        {
            var found = Array.BinarySearch(starts, values[row]);
            codes[row] =
                double.IsNaN(values[row]) ? starts.Length
                : found >= 0 ? found
                : ~found - 1;
        }
        return new(codes, labels);
    }

    /// <summary>Where bands of about equal size start: a value belongs to the band that the middle of its own rows falls in.</summary>
    static double[] Cuts(double[] values, double[] sizes, int bands)
    {
        var (ascending, sorted) = (values.ToArray(), sizes.ToArray());
        // NaN sorts first.
        Array.Sort(ascending, sorted);
        var i = Array.FindIndex(ascending, value => !double.IsNaN(value));
        var total = sorted.Skip(i).Sum();
        var cuts = new List<double>();
        for (var (running, last) = (0.0, -1); i < ascending.Length; )
        {
            var (value, own) = (ascending[i], 0.0);
            while (i < ascending.Length && ascending[i] == value)
                own += sorted[i++];
            var band = total > 0 ? (int)(bands * (running + own / 2) / total) : 0;
            if (last >= 0 && band > last)
                cuts.Add(value);
            (running, last) = (running + own, band);
        }
        return cuts.Count > 0 ? [.. cuts] : [ascending[^1]];
    }

    static string Text(FieldKind kind, double value) =>
        kind == FieldKind.Date
            ? DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
}

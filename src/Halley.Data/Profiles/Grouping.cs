namespace Halley.Data;

/// <summary>The rows of a column by value: numbered groups in the order of values, missing as the last one.</summary>
sealed record Grouping(int[] GroupOf, IReadOnlyList<string> Names, bool HasMissing)
{
    /// <summary>Groups of a column; null where it has more than <paramref name="most"/> different values.</summary>
    public static Grouping? Of(Column column, int most) =>
        column switch
        {
            CategoricalColumn category => category.Levels.Count > most ? null : OfCodes(category),
            TextColumn => null,
            _ => OfSlots(column, most),
        };

    static Grouping OfCodes(CategoricalColumn column)
    {
        var groups = column.Codes.ToArray();
        var missing = column.Levels.Count;
        for (var row = 0; row < groups.Length; row++)
            groups[row] = groups[row] < 0 ? missing : groups[row];
        return new(groups, column.Levels.Levels, column.Missing is not null);
    }

    static Grouping? OfSlots(Column column, int most)
    {
        var slots = new double[column.RowCount];
        column.CopySlots(0, slots);
        var first = new SortedDictionary<double, int>();
        for (var row = 0; row < slots.Length; row++)
        {
            if (!double.IsNaN(slots[row]) && first.TryAdd(slots[row], row) && first.Count > most)
                return null;
        }
        var number = new Dictionary<double, int>();
        foreach (var value in first.Keys)
            number.Add(value, number.Count);
        var groups = Array.ConvertAll(slots, slot => double.IsNaN(slot) ? number.Count : number[slot]);
        return new(groups, [.. first.Values.Select(row => column.TextAt(row)!)], column.Missing is not null);
    }

    /// <summary>Groups, that of missing values included.</summary>
    public int Count => Names.Count + (HasMissing ? 1 : 0);

    /// <summary>Σ values by group, shape (<see cref="Count"/>).</summary>
    public double[] Sums(ReadOnlySpan<double> values)
    {
        var sums = new double[Count];
        for (var row = 0; row < GroupOf.Length; row++)
            sums[GroupOf[row]] += values[row];
        return sums;
    }

    /// <summary>Rows by group, shape (<see cref="Count"/>).</summary>
    public int[] Rows()
    {
        var rows = new int[Count];
        foreach (var group in GroupOf)
            rows[group]++;
        return rows;
    }
}

namespace Halley.Data;

/// <summary>Rows with equal values get equal numbers, 0 upwards in the order in which the values first appear.</summary>
static class RowKeys
{
    /// <summary>A number for each row, shape (n). Missing equals missing. Without columns all rows are equal.</summary>
    public static int[] Of(Table table, IReadOnlyList<string> columns)
    {
        var keys = new int[table.RowCount];
        foreach (var name in columns)
        {
            var numbers = new KeyNumbers(table[name] is NumericColumn or ExposureColumn);
            var pairs = new Dictionary<(int, int), int>();
            var values = numbers.Of(table[name]);
            for (var row = 0; row < keys.Length; row++)
                keys[row] = Number(pairs, (keys[row], values[row]));
        }
        return keys;
    }

    /// <summary>Numbers over two tables: equal where the key columns of a left and a right row hold equal values; −1 where one is missing.</summary>
    public static (int[] Left, int[] Right) Of(
        Table left,
        IReadOnlyList<string> leftColumns,
        Table right,
        IReadOnlyList<string> rightColumns
    )
    {
        var (leftKeys, rightKeys) = (new int[left.RowCount], new int[right.RowCount]);
        for (var i = 0; i < leftColumns.Count; i++)
        {
            var (leftColumn, rightColumn) = (left[leftColumns[i]], right[rightColumns[i]]);
            var numbers = new KeyNumbers(leftColumn is NumericColumn && rightColumn is NumericColumn);
            var pairs = new Dictionary<(int, int), int>();
            Join(leftKeys, numbers.Of(leftColumn), pairs);
            Join(rightKeys, numbers.Of(rightColumn), pairs);
        }
        return (leftKeys, rightKeys);
    }

    /// <summary>A row's key for a message: <c>'A17', 'V01'</c>.</summary>
    public static string Shown(Table table, IReadOnlyList<string> columns, int row) =>
        string.Join(", ", columns.Select(name => $"'{table[name].TextAt(row)}'"));

    static void Join(int[] keys, int[] values, Dictionary<(int, int), int> pairs)
    {
        for (var row = 0; row < keys.Length; row++)
            keys[row] = keys[row] < 0 || values[row] == KeyNumbers.Missing ? -1 : Number(pairs, (keys[row], values[row]));
    }

    static int Number<TKey>(Dictionary<TKey, int> numbers, TKey key)
        where TKey : notnull
    {
        if (!numbers.TryGetValue(key, out var number))
            numbers.Add(key, number = numbers.Count);
        return number;
    }

    /// <summary>Numbers of the values of one column, or of two that are compared.</summary>
    sealed class KeyNumbers(bool asNumbers)
    {
        public const int Missing = -1;

        readonly Dictionary<double, int> byNumber = [];
        readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);

        public int[] Of(Column column)
        {
            var keys = new int[column.RowCount];
            var values = asNumbers ? new double[keys.Length] : [];
            if (asNumbers)
                column.CopySlots(0, values);
            for (var row = 0; row < keys.Length; row++)
            {
                keys[row] =
                    column.IsMissing(row) ? Missing
                    : asNumbers ? Number(byNumber, values[row])
                    : Number(byText, column.TextAt(row)!);
            }
            return keys;
        }
    }
}

using System.Text;
using Halley.Kernels;

namespace Halley.Models;

/// <summary>Says which part each row belongs to. Depends on the row's own values, its number, and the seed; not on other rows.</summary>
static class PartAssigner
{
    const ulong TestStream = 1;
    const ulong ValidationStream = 2;

    /// <summary>The part of each row, shape (n); null for rows left out.</summary>
    /// <exception cref="HalleyException">HLY1001, HLY1002: a column is missing or of another kind; HLY3102: nothing to learn on.</exception>
    public static DataPart?[] Assign(SplitSpec? split, Table table, ulong seed)
    {
        var parts = new DataPart?[table.RowCount];
        Array.Fill(parts, DataPart.Learn);
        if (split is null)
            return parts;
        var keys = Keys(split, table);
        switch (split)
        {
            case ColumnSplit column:
                ByColumn(column, table, parts);
                break;
            case RandomSplit random:
                Draw(parts, keys, DataPart.Test, random.TestShare, seed, TestStream);
                break;
            case TimeSplit time:
                ByTime(time, table, parts);
                break;
        }
        Draw(parts, keys, DataPart.Validation, split.ValidationShare, seed, ValidationStream);
        return parts;
    }

    static void ByColumn(ColumnSplit split, Table table, DataPart?[] parts)
    {
        var column = table[split.Column];
        var named = new Dictionary<string, DataPart>(StringComparer.Ordinal);
        foreach (
            var (values, part) in new[]
            {
                (split.Learn, DataPart.Learn),
                (split.Validation, DataPart.Validation),
                (split.Test, DataPart.Test),
            }
        )
        {
            foreach (var value in values)
                named[value] = part;
        }
        for (var row = 0; row < parts.Length; row++)
            parts[row] = column.TextAt(row) is { } text && named.TryGetValue(text, out var part) ? part : null;
    }

    static void ByTime(TimeSplit split, Table table, DataPart?[] parts)
    {
        var days = table.Date(split.Column).DayNumbers;
        for (var row = 0; row < parts.Length; row++)
        {
            parts[row] =
                days[row] < 0 ? null
                : days[row] >= split.TestFrom.DayNumber ? DataPart.Test
                : days[row] >= (split.ValidationFrom?.DayNumber ?? int.MaxValue) ? DataPart.Validation
                : DataPart.Learn;
        }
    }

    /// <summary>Moves a random share of the learn rows to another part; rows of one key move together.</summary>
    static void Draw(DataPart?[] parts, Func<int, ulong> keys, DataPart to, double share, ulong seed, ulong stream)
    {
        if (share == 0)
            return;
        for (var row = 0; row < parts.Length; row++)
        {
            if (parts[row] == DataPart.Learn && CounterRandom.Uniform(seed, stream, keys(row)) < share)
                parts[row] = to;
        }
    }

    static Func<int, ulong> Keys(SplitSpec split, Table table)
    {
        if (split.Key is null)
            return row => (ulong)row;
        var column = table[split.Key];
        return row => HashOf(column.TextAt(row) ?? "");
    }

    /// <summary>FNV-1a over the UTF-8 bytes. Source: Fowler, Noll and Vo, RFC 9923.</summary>
    static ulong HashOf(string text)
    {
        var hash = 14695981039346656037;
        foreach (var letter in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ letter) * 1099511628211;
        return hash;
    }
}

using System.Text;
using Halley.Kernels;

namespace Halley.Data;

/// <summary>Numbers made from ids, the same on every machine, so that what is drawn by id never depends on other rows.</summary>
public static class StableKeys
{
    /// <summary>64 bits of a text. Not for secrets.</summary>
    /// <remarks>FNV-1a over the UTF-8 bytes: Fowler, Noll and Vo, RFC 9923. Mix it with a seed before use: its low bits alone are weak.</remarks>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ unit) * 1099511628211;
        return hash;
    }

    /// <summary>64 bits a row, shape (n), equal for rows whose named columns hold equal texts; the row's number where no column is named.</summary>
    /// <remarks>A number counts as its text, so 17 and "17" are one id; a missing value is an id of its own.</remarks>
    /// <param name="firstRow">Rows that came before these, where they are one batch of many.</param>
    /// <exception cref="HalleyException">HLY1001: there is no such column.</exception>
    public static ulong[] OfRows(Table table, IReadOnlyList<string> columns, long firstRow = 0)
    {
        var keys = new ulong[table.RowCount];
        if (columns.Count == 0)
        {
            for (var row = 0; row < keys.Length; row++)
                keys[row] = (ulong)(firstRow + row);
            return keys;
        }
        foreach (var column in columns.Select(name => table[name]))
        {
            for (var row = 0; row < keys.Length; row++)
                keys[row] = Join(keys[row], column.TextAt(row) is { } text ? Of(text) : 0);
        }
        return keys;
    }

    /// <summary>Uniform in (0, 1) for a key: where it falls in a random draw.</summary>
    public static double Uniform(ulong key, ulong seed) => CounterRandom.Uniform(seed, key, 0);

    static ulong Join(ulong left, ulong right) => CounterRandom.Bits(left, right, 1);
}

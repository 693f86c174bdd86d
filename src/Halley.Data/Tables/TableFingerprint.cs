using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Halley.Data;

/// <summary>A hash that says whether two tables hold the same data.</summary>
public static class TableFingerprint
{
    const int Block = 1024;

    /// <summary>SHA-256 over names, kinds, levels and values in order, as 64 hexadecimal digits. The same on every machine.</summary>
    /// <remarks>Every missing number counts as the same value; −0 and 0 differ, as they do in a file.</remarks>
    public static string Of(Table table)
    {
        using var hash = Begin(table.RowCount, table.Columns.Count);
        foreach (var column in table.Columns)
        {
            AppendHead(hash, column);
            AppendValues(hash, column);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The same hash of rows outside memory, of the named columns in that order: each is read by itself.</summary>
    public static string Of(TableSpool table, IReadOnlyList<string> columns, CancellationToken cancellation = default)
    {
        using var hash = Begin(table.RowCount, columns.Count);
        foreach (var name in columns)
        {
            AppendHead(hash, table.Empty[name]);
            foreach (var batch in table.Read([name], progress: null, cancellation))
                AppendValues(hash, batch.Columns[0]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static IncrementalHash Begin(int rowCount, int columnCount)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "halley.table/1");
        Append(hash, rowCount);
        Append(hash, columnCount);
        return hash;
    }

    static void AppendHead(IncrementalHash hash, Column column)
    {
        Append(hash, column.Name);
        Append(hash, (int)column.Kind);
        if (column is not CategoricalColumn category)
            return;
        Append(hash, category.Levels.Count);
        foreach (var level in category.Levels.Levels)
            Append(hash, level);
    }

    static void AppendValues(IncrementalHash hash, Column column)
    {
        if (column is TextColumn text)
            AppendTexts(hash, text);
        else
            AppendSlots(hash, column);
    }

    static void AppendSlots(IncrementalHash hash, Column column)
    {
        Span<double> slots = stackalloc double[Block];
        Span<byte> bytes = stackalloc byte[Block * sizeof(double)];
        for (var start = 0; start < column.RowCount; start += Block)
        {
            var part = slots[..Math.Min(Block, column.RowCount - start)];
            column.CopySlots(start, part);
            for (var i = 0; i < part.Length; i++)
            {
                // NaN has many bit patterns and one meaning.
                var value = double.IsNaN(part[i]) ? double.NaN : part[i];
                BinaryPrimitives.WriteDoubleLittleEndian(bytes[(i * sizeof(double))..], value);
            }
            hash.AppendData(bytes[..(part.Length * sizeof(double))]);
        }
    }

    static void AppendTexts(IncrementalHash hash, TextColumn column)
    {
        foreach (var text in column.Values)
        {
            if (text is null)
                Append(hash, -1);
            else
                Append(hash, text);
        }
    }

    static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Halley.Data;

/// <summary>Splits a CSV stream (RFC 4180) into records and fields, a block of whole records at a time.</summary>
/// <remarks>
/// Looks at 64 bytes at once for separators, line feeds and quotes, and touches only those it finds. Quoted fields are
/// unescaped in place. Empty lines are passed over where a record has more than one field.
/// </remarks>
sealed class CsvScanner(Stream stream, CsvOptions options, CsvProblems problems)
{
    const int FirstBuffer = 1 << 17;
    const int LargestRecord = 1 << 26;

    // Room after the data, so that 64 bytes can be looked at from any position in it.
    const int Margin = 64;

    readonly byte separator = (byte)options.Separator;
    byte[] buffer = new byte[FirstBuffer + Margin];
    int start;
    int end;
    long line = 1;
    bool ended;

    // Of the field and record being scanned.
    int fieldStart;
    int closingQuote;
    long recordLine = 1;
    bool quoted;
    bool inQuotes;
    bool escaped;

    public CsvBatch Batch { get; } = new();

    /// <summary>The names in the first record; empty where the file has none.</summary>
    public string[] ReadHeader()
    {
        Fill();
        if (end >= 2 && (buffer[0], buffer[1]) is ((0xFF, 0xFE) or (0xFE, 0xFF)))
            throw problems.Fail("HLY1110", "the file is UTF-16. Save it as UTF-8, for example with 'iconv -f UTF-16 -t UTF-8'");
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
            start = 3;
        // Nothing, or the line feed that was put at the end.
        if (end - start < 2 && (end == start || buffer[start] == '\n'))
            return [];
        if (!ScanBlock(1))
            return [];
        var names = new string[Batch.ColumnCount];
        for (var column = 0; column < names.Length; column++)
            names[column] = Batch.TryGet(0, column, out var text) ? CsvProblems.Decode(text) : "";
        return names;
    }

    /// <summary>Reads the next block of records into <see cref="Batch"/>; false at the end of the file.</summary>
    public bool Read()
    {
        do
        {
            Fill();
            if (!ScanBlock(int.MaxValue))
                return false;
        } while (Batch.RowCount == 0);
        return true;
    }

    /// <summary>Scans what is in memory, and reads more where that holds no whole record; false at the end of the file.</summary>
    bool ScanBlock(int maxRows)
    {
        while (true)
        {
            var from = start;
            Scan(maxRows);
            if (start > from)
            {
                if (!Utf8.IsValid(buffer.AsSpan(from, start - from)))
                    problems.AddBadEncoding(Batch);
                Batch.Unescape();
                return true;
            }
            if (ended)
            {
                if (end > start)
                    problems.Add("HLY1123", recordLine, "a quoted field begins in this record and never ends. Close the quote");
                return false;
            }
            if (buffer.Length >= LargestRecord)
                ThrowRecordTooLong();
            Array.Resize(ref buffer, (buffer.Length - Margin) * 2 + Margin);
            Fill();
        }
    }

    /// <summary>Moves what is left to the front and reads until the buffer is full or the file ends.</summary>
    void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        while (!ended && end < buffer.Length - Margin)
        {
            var count = stream.Read(buffer, end, buffer.Length - Margin - end);
            end += count;
            if (count > 0)
                continue;
            ended = true;
            // The last record may lack its line end; the margin has room for it.
            if (end > 0 && buffer[end - 1] != '\n')
                buffer[end++] = (byte)'\n';
        }
    }

    void Scan(int maxRows)
    {
        Batch.Clear();
        Batch.Bytes = buffer;
        // An incomplete record is scanned again from its first byte.
        line = recordLine;
        BeginRecord(start);
        var separators = Vector256.Create(separator);
        var lineFeeds = Vector256.Create((byte)'\n');
        var quotes = Vector256.Create((byte)'"');
        for (var i = start; i < end; i += 64)
        {
            var low = Vector256.Create<byte>(buffer.AsSpan(i, 32));
            var high = Vector256.Create<byte>(buffer.AsSpan(i + 32, 32));
            low = Vector256.Equals(low, separators) | Vector256.Equals(low, lineFeeds) | Vector256.Equals(low, quotes);
            high = Vector256.Equals(high, separators) | Vector256.Equals(high, lineFeeds) | Vector256.Equals(high, quotes);
            var marks = low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << 32;
            if (end - i < 64)
                marks &= (1UL << (end - i)) - 1;
            for (; marks != 0; marks &= marks - 1)
            {
                var position = i + BitOperations.TrailingZeroCount(marks);
                if (TakeMark(position) && Batch.RowCount == maxRows)
                    return;
            }
        }
    }

    /// <summary>Handles one separator, line feed or quote; true where it ends a record.</summary>
    bool TakeMark(int position)
    {
        var mark = buffer[position];
        if (mark == '"')
        {
            TakeQuote(position);
            return false;
        }
        if (inQuotes)
        {
            if (mark == '\n')
                line++;
            return false;
        }
        EndField(position, mark == '\n');
        if (mark != '\n')
            return false;
        line++;
        EndRecord();
        BeginRecord(position + 1);
        return true;
    }

    void TakeQuote(int position)
    {
        if (inQuotes)
        {
            inQuotes = false;
            closingQuote = position;
        }
        else if (position == fieldStart)
        {
            quoted = inQuotes = true;
        }
        else if (quoted && position == closingQuote + 1)
        {
            // A doubled quote stands for one.
            inQuotes = escaped = true;
        }
    }

    void EndField(int position, bool atLineEnd)
    {
        var stop = atLineEnd && position > fieldStart && buffer[position - 1] == '\r' ? position - 1 : position;
        if (!quoted)
        {
            Batch.Add(new(fieldStart, stop == fieldStart ? -1 : stop - fieldStart));
        }
        else
        {
            if (closingQuote != stop - 1)
                problems.Add("HLY1123", recordLine, "text follows a closing quote. Double the quotes inside a quoted field");
            Batch.Add(new(fieldStart + 1, closingQuote - fieldStart - 1), escaped);
        }
        BeginField(position + 1);
    }

    void EndRecord()
    {
        var found = Batch.OpenFields;
        if (Batch.ColumnCount == 0)
            Batch.ColumnCount = found;
        if (found == Batch.ColumnCount)
        {
            Batch.EndRow(recordLine);
            return;
        }
        var isEmptyLine = found == 1 && Batch.LastLength < 0;
        if (!isEmptyLine)
            problems.AddRagged(recordLine, Batch.ColumnCount, found);
        Batch.DropRow();
    }

    void BeginRecord(int position)
    {
        start = position;
        recordLine = line;
        BeginField(position);
    }

    void BeginField(int position)
    {
        fieldStart = position;
        closingQuote = -2;
        quoted = inQuotes = escaped = false;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    void ThrowRecordTooLong() =>
        throw problems.Fail(
            "HLY1124",
            $"the record that starts on line {recordLine} is longer than {LargestRecord >> 20} MB. Look for a quote that never ends"
        );
}

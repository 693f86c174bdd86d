using System.Text;
using CsCheck;

namespace Halley.Data.Tests;

/// <summary>The fast scanner against a plain one of a few obvious lines.</summary>
public class CsvScannerTests
{
    /// <summary>Records of a text, character by character; null where a quote is wrong or a record is ragged.</summary>
    static List<List<string?>>? Plain(string text)
    {
        if (text.Length > 0 && text[^1] != '\n')
            text += "\n";
        var (records, record, field) = (new List<List<string?>>(), new List<string?>(), new StringBuilder());
        var (i, width) = (0, 0);
        while (i < text.Length)
        {
            if (text[i] == '"')
            {
                for (i++; ; i++)
                {
                    if (i >= text.Length)
                        return null;
                    if (text[i] != '"')
                        field.Append(text[i]);
                    else if (i + 1 < text.Length && text[i + 1] == '"')
                        field.Append(text[++i]);
                    else
                        break;
                }
                i++;
                record.Add(field.ToString());
                if (text[i] == '\r' && text[i + 1] == '\n')
                    i++;
                if (text[i] is not (',' or '\n'))
                    return null;
            }
            else
            {
                while (text[i] is not (',' or '\n'))
                    field.Append(text[i++]);
                if (text[i] == '\n' && field.Length > 0 && field[^1] == '\r')
                    field.Length--;
                record.Add(field.Length == 0 ? null : field.ToString());
            }
            field.Clear();
            if (text[i++] != '\n')
                continue;
            width = width == 0 ? record.Count : width;
            if (record.Count == width)
                records.Add(record);
            else if (record is not [null])
                return null;
            record = [];
        }
        return records;
    }

    static List<List<string?>>? Fast(string text, int mostAtOnce)
    {
        var problems = new CsvProblems("text", new());
        var scanner = new CsvScanner(new Trickle(Encoding.UTF8.GetBytes(text), mostAtOnce), new(), problems);
        var records = new List<List<string?>>();
        var names = scanner.ReadHeader();
        if (names.Length > 0)
            Take(scanner.Batch, records);
        while (scanner.Read())
            Take(scanner.Batch, records);
        try
        {
            problems.ThrowIfAny();
            return records;
        }
        catch (HalleyException)
        {
            return null;
        }
    }

    static void Take(CsvBatch batch, List<List<string?>> records)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            var record = new List<string?>();
            for (var column = 0; column < batch.ColumnCount; column++)
                record.Add(batch.TryGet(row, column, out var text) ? Encoding.UTF8.GetString(text) : null);
            records.Add(record);
        }
    }

    static bool Same(List<List<string?>>? left, List<List<string?>>? right) =>
        left is null || right is null
            ? left is null && right is null
            : left.Count == right.Count && left.Zip(right).All(pair => pair.First.SequenceEqual(pair.Second));

    [Fact]
    public void Any_text_of_separators_quotes_and_line_ends_is_split_alike() =>
        Gen.String[Gen.Char["aé,,\"\"\n\n\r"], 2, 150]
            .Where(text => text[0] != '\n')
            .Sample(text => Same(Plain(text), Fast(text, 1 << 20)), iter: 20_000);

    [Fact]
    public void Well_formed_records_are_split_alike_however_the_stream_delivers_them()
    {
        var anyField = Gen.OneOf(
            Gen.String[Gen.Char.AlphaNumeric, 0, 70],
            Gen.String[Gen.Char["x,\"\r\n€"], 0, 20].Select(text => $"\"{text.Replace("\"", "\"\"")}\"")
        );
        var anyText = anyField
            .Array[3]
            .Select(fields => string.Join(',', fields))
            .Array[1, 40]
            .Select(lines => string.Join("\r\n", lines));

        Gen.Select(anyText, Gen.Int[1, 100])
            .Where((text, _) => text[0] is not ('\r' or '\n'))
            .Sample((text, most) => Plain(text) is { } plain && Same(plain, Fast(text, most)), iter: 2000);
    }

    /// <summary>Gives a few bytes at each read, as a network may.</summary>
    sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}

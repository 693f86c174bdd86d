using System.Text;
using System.Text.Unicode;

namespace Halley.Data;

/// <summary>What is wrong with a CSV file, by line and column.</summary>
sealed class CsvProblems(string place, CsvOptions options)
{
    const string EncodingRemedy = "Save the file as UTF-8; if it is Latin-1, 'iconv -f ISO-8859-1 -t UTF-8' converts it";

    readonly ProblemList list = new(place, options.ProblemsShown);

    /// <summary>Names of the file's columns, once its header is read.</summary>
    public string[] Columns { get; set; } = [];

    /// <summary>An error that ends the reading at once. The text names the remedy and ends without a full stop.</summary>
    public HalleyException Fail(string code, string text) => new(code, $"{place}: {text}.");

    /// <summary>A problem of a record. The text names the remedy and ends without a full stop.</summary>
    public void Add(string code, long line, string text) => list.Add(code, "", line, () => $"line {line}: {text}.");

    public void AddRagged(long line, int expected, int found) =>
        Add(
            "HLY1111",
            line,
            $"{found} {(found == 1 ? "field" : "fields")} where the header has {expected}. "
                + "Quote a field that holds a separator, or correct the line"
        );

    public void AddNoColumn(Field field) =>
        list.Add(
            "HLY1112",
            "",
            1,
            () =>
                $"there is no column '{field.Name}'. The file has: {string.Join(", ", Columns)}. "
                + "Rename the column, or take the field out of the schema."
        );

    /// <summary>A value that its field does not allow.</summary>
    public void AddValue(FieldProblemKind kind, Field field, CsvBatch batch, int row, int column)
    {
        var text = batch.TryGet(row, column, out var bytes) ? Decode(bytes) : null;
        // What the parser calls no number may be the name of an infinity.
        if (kind == FieldProblemKind.NotANumber && text is not null && Utf8Number.NamesNonFinite(text))
            kind = FieldProblemKind.NotFinite;
        list.AddValue(kind, field, text, batch.LineOf(row), $"line {batch.LineOf(row)}");
    }

    /// <summary>Finds the fields of a batch that are not UTF-8.</summary>
    public void AddBadEncoding(CsvBatch batch)
    {
        var before = list.Total;
        for (var row = 0; row < batch.RowCount; row++)
        {
            for (var column = 0; column < batch.ColumnCount; column++)
            {
                if (!batch.TryGet(row, column, out var text) || Utf8.IsValid(text))
                    continue;
                var (line, name, bad) = (batch.LineOf(row), NameOf(column), FirstBadByte(text));
                var value = ProblemList.Cut(Decode(text));
                list.Add(
                    "HLY1110",
                    name,
                    line,
                    () => $"line {line}, {name}: byte 0x{bad:X2} in '{value}' is not UTF-8. {EncodingRemedy}."
                );
            }
        }
        if (list.Total == before)
        {
            list.Add(
                "HLY1110",
                "",
                long.MaxValue,
                () => $"a byte is not UTF-8, in a record that is ragged too. {EncodingRemedy}."
            );
        }
    }

    /// <exception cref="HalleyException">There was a problem; its code is that of the first line.</exception>
    public bool HasAny => list.Total > 0;

    public void ThrowIfAny() => list.ThrowIfAny();

    public static string Decode(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    string NameOf(int column) => column < Columns.Length ? $"column '{Columns[column]}'" : $"column {column + 1}";

    static byte FirstBadByte(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out _, out var consumed) == System.Buffers.OperationStatus.Done)
            text = text[consumed..];
        return text[0];
    }
}

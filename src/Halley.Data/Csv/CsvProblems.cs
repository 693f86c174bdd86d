using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Halley.Data;

/// <summary>What is wrong with a CSV file: told all at once by line, the first few of each sort, the rest counted.</summary>
sealed class CsvProblems(string place, CsvOptions options)
{
    const int ShownOfASort = 3;
    const int ValueShown = 64;

    readonly Dictionary<(string Code, int Column), int> counts = [];
    readonly List<(string Code, long Line, string Text)> shown = [];
    int total;

    /// <summary>Names of the file's columns, once its header is read.</summary>
    public string[] Columns { get; set; } = [];

    public bool Any => total > 0;

    /// <summary>An error that ends the reading at once. The text names the remedy and ends without a full stop.</summary>
    public HalleyException Fail(string code, string text) => new(code, $"{place}: {text}.");

    /// <summary>A problem of a record. The text names the remedy and ends without a full stop.</summary>
    public void Add(string code, long line, string text) => Take(code, -1, line, () => $"line {line}: {text}.");

    public void AddRagged(long line, int expected, int found) =>
        Add(
            "HLY1111",
            line,
            $"{found} {(found == 1 ? "field" : "fields")} where the header has {expected}. "
                + "Quote a field that holds a separator, or correct the line"
        );

    public void AddNoColumn(Field field) =>
        Take(
            "HLY1112",
            -1,
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
        var line = batch.LineOf(row);
        Take(
            ValueCodes.Of(kind),
            column,
            line,
            () =>
                $"line {line}, column '{Columns[column]}': "
                + (kind == FieldProblemKind.Missing ? "" : $"'{Cut(text!)}' ")
                + $"{FieldWording.Problem(kind)}; expected {FieldWording.Expected(field)}. {ValueCodes.Remedy(kind)}"
        );
    }

    /// <summary>Finds the fields of a batch that are not UTF-8.</summary>
    public void AddBadEncoding(CsvBatch batch)
    {
        const string Remedy = "Save the file as UTF-8; if it is Latin-1, 'iconv -f ISO-8859-1 -t UTF-8' converts it";
        var before = total;
        for (var row = 0; row < batch.RowCount; row++)
        {
            for (var column = 0; column < batch.ColumnCount; column++)
            {
                if (!batch.TryGet(row, column, out var text) || Utf8.IsValid(text))
                    continue;
                var (line, name, bad) = (batch.LineOf(row), NameOf(column), FirstBadByte(text));
                var value = Cut(Decode(text));
                Take("HLY1110", column, line, () => $"line {line}, {name}: byte 0x{bad:X2} in '{value}' is not UTF-8. {Remedy}.");
            }
        }
        if (total == before)
            Take("HLY1110", -1, long.MaxValue, () => $"a byte is not UTF-8, in a record that is ragged too. {Remedy}.");
    }

    /// <exception cref="HalleyException">There was a problem; its code is that of the first line.</exception>
    public void ThrowIfAny()
    {
        if (total == 0)
            return;
        if (total == 1)
            throw new HalleyException(shown[0].Code, $"{place}: {shown[0].Text}");
        var message = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{place} has {total} problems:");
        var byLine = shown.OrderBy(problem => problem.Line).ToList();
        foreach (var (code, _, text) in byLine)
            message.Append(CultureInfo.InvariantCulture, $"\n  {code} {text}");
        if (total > shown.Count)
            message.Append(CultureInfo.InvariantCulture, $"\n  and {total - shown.Count} more like these.");
        throw new HalleyException(byLine[0].Code, message.ToString());
    }

    public static string Decode(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    void Take(string code, int column, long line, Func<string> text)
    {
        total++;
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            counts,
            (code, column),
            out _
        );
        if (++count <= ShownOfASort && shown.Count < options.ProblemsShown)
            shown.Add((code, line, text()));
    }

    string NameOf(int column) => column < Columns.Length ? $"column '{Columns[column]}'" : $"column {column + 1}";

    static byte FirstBadByte(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out _, out var consumed) == System.Buffers.OperationStatus.Done)
            text = text[consumed..];
        return text[0];
    }

    static string Cut(string text) => text.Length <= ValueShown ? text : text[..ValueShown] + "…";
}

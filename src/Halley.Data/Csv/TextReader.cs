using System.Text;

namespace Halley.Data;

/// <summary>Free text: one string a row, shared with the row before where it is the same.</summary>
sealed class TextReader(FieldCodec codec, int column, CsvOptions options, CsvProblems problems)
    : ColumnReader(codec, column, problems)
{
    readonly MissingTexts missingTexts = new(options);
    readonly List<string?[]> parts = [];
    byte[] previousBytes = [];
    int previousLength;
    string previous = "";

    public override void Read(CsvBatch batch)
    {
        var values = new string?[batch.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] =
                batch.TryGet(row, Position, out var text) && !missingTexts.Contains(text) ? StringOf(text)
                : RefuseMissing(batch, row) ? null
                : Codec.Field.WhenMissing.Value;
        }
        parts.Add(values);
    }

    public override Column Build() => new TextColumn(Codec.Field.Name, Parts.Join(parts));

    string StringOf(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual(previousBytes.AsSpan(0, previousLength)))
            return previous;
        if (text.Length > previousBytes.Length)
            previousBytes = new byte[text.Length * 2];
        text.CopyTo(previousBytes);
        previousLength = text.Length;
        return previous = Encoding.UTF8.GetString(text);
    }
}

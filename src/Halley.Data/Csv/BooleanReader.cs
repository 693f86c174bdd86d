using System.Text;

namespace Halley.Data;

/// <summary>Booleans: true and false, yes and no, 1 and 0, in any case.</summary>
sealed class BooleanReader(FieldCodec codec, int column, CsvOptions options, CsvProblems problems)
    : ColumnReader(codec, column, problems)
{
    readonly MissingTexts missingTexts = new(options);
    readonly List<sbyte[]> parts = [];

    public override void Read(CsvBatch batch)
    {
        var values = new sbyte[batch.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            batch.TryGet(row, Position, out var text);
            values[row] = ValueOf(batch, row, text);
        }
        parts.Add(values);
    }

    public override Column Build() => new BooleanColumn(Codec.Field.Name, Parts.Join(parts));

    sbyte ValueOf(CsvBatch batch, int row, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || missingTexts.Contains(text))
            return RefuseMissing(batch, row) || double.IsNaN(Codec.MissingSlot) ? (sbyte)-1 : (sbyte)Codec.MissingSlot;
        if (Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8) || text.SequenceEqual("1"u8))
            return 1;
        if (Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "no"u8) || text.SequenceEqual("0"u8))
            return 0;
        Report(FieldProblemKind.BadBoolean, batch, row);
        return -1;
    }
}

namespace Halley.Data;

/// <summary>Calendar dates in ISO 8601 form.</summary>
sealed class DateReader(FieldCodec codec, int column, CsvOptions options, CsvProblems problems)
    : ColumnReader(codec, column, problems)
{
    readonly MissingTexts missingTexts = new(options);
    readonly List<int[]> parts = [];

    public override void Read(CsvBatch batch)
    {
        var days = new int[batch.RowCount];
        for (var row = 0; row < days.Length; row++)
        {
            batch.TryGet(row, Position, out var text);
            days[row] = DayOf(batch, row, text);
        }
        parts.Add(days);
    }

    public override Column Build() => new DateColumn(Codec.Field.Name, Parts.Join(parts));

    int DayOf(CsvBatch batch, int row, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || missingTexts.Contains(text))
            return RefuseMissing(batch, row) || double.IsNaN(Codec.MissingSlot) ? -1 : (int)Codec.MissingSlot;
        if (!IsoDate.TryParse(text, out var day))
        {
            Report(FieldProblemKind.BadDate, batch, row);
            return -1;
        }
        if (Codec.CheckDate(day) is var problem and not FieldProblemKind.None)
            Report(problem, batch, row);
        return day;
    }
}

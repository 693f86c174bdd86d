namespace Halley.Data;

/// <summary>Numbers and years at risk.</summary>
sealed class NumberReader(FieldCodec codec, int column, CsvOptions options, CsvProblems problems)
    : ColumnReader(codec, column, problems)
{
    readonly byte decimalMark = (byte)options.DecimalMark;
    readonly MissingTexts missingTexts = new(options);
    readonly List<double[]> parts = [];

    public override void Read(CsvBatch batch)
    {
        var values = new double[batch.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            if (
                batch.TryGet(row, Position, out var text)
                && Utf8Number.TryParse(text, decimalMark, out values[row])
                && Codec.CheckNumber(values[row]) == FieldProblemKind.None
            )
                continue;
            values[row] = ReadUnusual(batch, row, text, values[row]);
        }
        parts.Add(values);
    }

    public override Column Build()
    {
        var values = Parts.Join(parts);
        return Codec.Field.Kind == FieldKind.Exposure
            ? new ExposureColumn(Codec.Field.Name, values)
            : new NumericColumn(Codec.Field.Name, values);
    }

    // A quoted empty field is missing too: a number has no empty text.
    double ReadUnusual(CsvBatch batch, int row, ReadOnlySpan<byte> text, double value)
    {
        if (text.IsEmpty || missingTexts.Contains(text))
            return RefuseMissing(batch, row) ? double.NaN : Codec.MissingSlot;
        var parsed = Utf8Number.TryParse(text, decimalMark, out _);
        Report(parsed ? Codec.CheckNumber(value) : FieldProblemKind.NotANumber, batch, row);
        return double.NaN;
    }
}

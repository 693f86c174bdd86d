namespace Halley.Data;

/// <summary>Collects one column of a CSV file, a batch of records at a time.</summary>
abstract class ColumnReader(FieldCodec codec, int column, CsvProblems problems)
{
    protected FieldCodec Codec => codec;

    /// <summary>Position in the file.</summary>
    protected int Position => column;

    public static ColumnReader For(Field field, int column, CsvOptions options, CsvProblems problems)
    {
        var codec = new FieldCodec(field);
        return field.Kind switch
        {
            FieldKind.Number or FieldKind.Exposure => new NumberReader(codec, column, options, problems),
            FieldKind.Category => new CategoryReader(codec, column, options, problems),
            FieldKind.Date => new DateReader(codec, column, options, problems),
            FieldKind.Boolean => new BooleanReader(codec, column, options, problems),
            _ => new TextReader(codec, column, options, problems),
        };
    }

    public abstract void Read(CsvBatch batch);

    /// <summary>The column of all that was read.</summary>
    public abstract Column Build();

    protected void Report(FieldProblemKind kind, CsvBatch batch, int row) =>
        problems.AddValue(kind, codec.Field, batch, row, column);

    /// <summary>Whether a missing value must be refused here; reports it if so.</summary>
    protected bool RefuseMissing(CsvBatch batch, int row)
    {
        if (codec.RefusesMissing)
            Report(FieldProblemKind.Missing, batch, row);
        return codec.RefusesMissing;
    }
}

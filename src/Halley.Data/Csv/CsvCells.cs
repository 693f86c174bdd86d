namespace Halley.Data;

/// <summary>Writes the cells of one column.</summary>
abstract class CsvCells
{
    public static CsvCells Of(Column column, CsvOptions options) =>
        column switch
        {
            NumericColumn numbers => new Numbers(numbers.Memory, options),
            ExposureColumn exposure => new Numbers(exposure.Memory, options),
            CategoricalColumn category => new Levels(category, options),
            DateColumn dates => new Dates(dates),
            _ => new Texts(column, options),
        };

    public abstract void Write(int row, ByteSink sink);

    /// <summary>The text, quoted where a reader would otherwise take it for something else.</summary>
    public static string Quoted(string text, CsvOptions options) =>
        text.Length == 0 || text[0] == '\uFEFF' || text.AsSpan().ContainsAny(options.Separator, '"', '\n') || text.Contains('\r')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;

    sealed class Numbers(ReadOnlyMemory<double> values, CsvOptions options) : CsvCells
    {
        public override void Write(int row, ByteSink sink)
        {
            var value = values.Span[row];
            if (double.IsNaN(value))
                return;
            if (options.DecimalMark == '.')
                sink.Add(value);
            else
                sink.Add(
                    value.ToString("R", System.Globalization.CultureInfo.InvariantCulture).Replace('.', options.DecimalMark)
                );
        }
    }

    sealed class Levels(CategoricalColumn column, CsvOptions options) : CsvCells
    {
        readonly byte[][] levels =
        [
            .. column.Levels.Levels.Select(level => System.Text.Encoding.UTF8.GetBytes(Quoted(level, options))),
        ];

        public override void Write(int row, ByteSink sink)
        {
            var code = column.Codes[row];
            if (code >= 0)
                sink.Add(levels[code]);
        }
    }

    sealed class Dates(DateColumn column) : CsvCells
    {
        public override void Write(int row, ByteSink sink)
        {
            if (column.DateAt(row) is { } date)
                sink.Add(date, "yyyy-MM-dd");
        }
    }

    sealed class Texts(Column column, CsvOptions options) : CsvCells
    {
        public override void Write(int row, ByteSink sink)
        {
            if (column.TextAt(row) is { } text)
                sink.Add(Quoted(text, options));
        }
    }
}

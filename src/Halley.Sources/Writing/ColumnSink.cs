using System.Runtime.InteropServices;
using System.Text;
using Halley.Sources.DuckDb;

namespace Halley.Sources.Writing;

/// <summary>Writes a column's rows into DuckDB's vectors.</summary>
abstract class ColumnSink(Column column)
{
    public string Name => column.Name;

    public abstract string SqlType { get; }

    /// <summary>Fills a vector with the rows from <paramref name="start"/> on.</summary>
    public void Write(int start, DuckVector vector)
    {
        WriteValues(start, vector);
        if (column.Missing is not { } missing)
            return;
        var validity = vector.WritableValidity();
        for (var row = 0; row < vector.RowCount; row++)
        {
            if (missing[start + row])
                validity[row >> 6] &= ~(1UL << (row & 63));
        }
    }

    protected abstract void WriteValues(int start, DuckVector vector);

    public static ColumnSink For(Column column) =>
        column switch
        {
            NumericColumn numbers when IsWhole(numbers.Values) => new WholeSink(numbers),
            NumericColumn numbers => new DoubleSink(numbers, numbers.Memory),
            ExposureColumn exposure => new DoubleSink(exposure, exposure.Memory),
            CategoricalColumn { Levels.Count: > 0 } category => new LevelSink(category),
            DateColumn dates => new DateSink(dates),
            BooleanColumn booleans => new BooleanSink(booleans),
            _ => new TextSink(column),
        };

    static bool IsWhole(ReadOnlySpan<double> values)
    {
        const double largestExact = 1L << 53;
        foreach (var value in values)
        {
            if (!double.IsNaN(value) && (Math.Floor(value) != value || Math.Abs(value) > largestExact || IsNegativeZero(value)))
                return false;
        }
        return true;
    }

    static bool IsNegativeZero(double value) => value == 0 && double.IsNegative(value);

    sealed class DoubleSink(Column column, ReadOnlyMemory<double> values) : ColumnSink(column)
    {
        public override string SqlType => "DOUBLE";

        protected override void WriteValues(int start, DuckVector vector) =>
            values.Span.Slice(start, vector.RowCount).CopyTo(vector.Values<double>());
    }

    /// <summary>Numbers without a fraction are written as integers: <c>3</c>, not <c>3.0</c>.</summary>
    sealed class WholeSink(NumericColumn column) : ColumnSink(column)
    {
        public override string SqlType => "BIGINT";

        protected override void WriteValues(int start, DuckVector vector)
        {
            var source = column.Values.Slice(start, vector.RowCount);
            var destination = vector.Values<long>();
            for (var row = 0; row < destination.Length; row++)
                destination[row] = (long)source[row];
        }
    }

    sealed class LevelSink(CategoricalColumn column) : ColumnSink(column)
    {
        public override string SqlType => $"ENUM({string.Join(", ", column.Levels.Levels.Select(Sql.Text))})";

        protected override void WriteValues(int start, DuckVector vector)
        {
            // An ENUM's code takes the fewest bytes that hold its number of levels.
            var codes = column.Codes.Slice(start, vector.RowCount);
            if (column.Levels.Count <= byte.MaxValue)
                Narrow(codes, vector.Values<byte>());
            else if (column.Levels.Count <= ushort.MaxValue)
                Narrow(codes, vector.Values<ushort>());
            else
                MemoryMarshal.Cast<int, uint>(codes).CopyTo(vector.Values<uint>());
        }

        static void Narrow<T>(ReadOnlySpan<int> codes, Span<T> destination)
            where T : unmanaged, System.Numerics.INumberBase<T>
        {
            for (var row = 0; row < destination.Length; row++)
                destination[row] = T.CreateTruncating(codes[row]);
        }
    }

    sealed class DateSink(DateColumn column) : ColumnSink(column)
    {
        static readonly int epoch = new DateOnly(1970, 1, 1).DayNumber;

        public override string SqlType => "DATE";

        protected override void WriteValues(int start, DuckVector vector)
        {
            var source = column.DayNumbers.Slice(start, vector.RowCount);
            var destination = vector.Values<int>();
            for (var row = 0; row < destination.Length; row++)
                destination[row] = source[row] - epoch;
        }
    }

    sealed class BooleanSink(BooleanColumn column) : ColumnSink(column)
    {
        public override string SqlType => "BOOLEAN";

        protected override void WriteValues(int start, DuckVector vector) =>
            column.Values.Slice(start, vector.RowCount).CopyTo(vector.Values<sbyte>());
    }

    sealed class TextSink(Column column) : ColumnSink(column)
    {
        readonly Column column = column;

        public override string SqlType => "VARCHAR";

        protected override void WriteValues(int start, DuckVector vector)
        {
            for (var row = 0; row < vector.RowCount; row++)
            {
                if (column.TextAt(start + row) is { } text)
                    vector.SetText(row, Encoding.UTF8.GetBytes(text));
            }
        }
    }
}

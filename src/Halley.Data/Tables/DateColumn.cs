using System.Globalization;

namespace Halley.Data;

/// <summary>Calendar dates without a time of day.</summary>
public sealed class DateColumn : Column
{
    readonly int[] dayNumbers;

    /// <summary>Wraps (does not copy) day numbers (<see cref="DateOnly.DayNumber"/>), shape (n); −1 marks a missing date.</summary>
    public DateColumn(string name, int[] dayNumbers)
        : base(name, MissingMask.Where(dayNumbers.Length, row => dayNumbers[row] < 0)) => this.dayNumbers = dayNumbers;

    public override FieldKind Kind => FieldKind.Date;

    public override int RowCount => dayNumbers.Length;

    /// <summary>Days since 0001-01-01, shape (n); −1 where missing.</summary>
    public ReadOnlySpan<int> DayNumbers => dayNumbers;

    public DateOnly? DateAt(int row) => dayNumbers[row] < 0 ? null : DateOnly.FromDayNumber(dayNumbers[row]);

    public override Column Rename(string name) => new DateColumn(name, dayNumbers);

    public override Column Take(ReadOnlySpan<int> rows) => new DateColumn(Name, Gather.At(dayNumbers, rows));

    public override void CopySlots(int start, Span<double> destination)
    {
        var source = dayNumbers.AsSpan(start, destination.Length);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = source[i] < 0 ? double.NaN : source[i];
    }

    public override string? TextAt(int row) => DateAt(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

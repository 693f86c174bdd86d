using System.Globalization;
using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

sealed class DateBuilder(string name) : ColumnBuilder(name)
{
    /// <summary><see cref="DateOnly.DayNumber"/> of 1970-01-01, where DuckDB's days start.</summary>
    static readonly int epoch = new DateOnly(1970, 1, 1).DayNumber;

    readonly Segments<int> days = new();

    public override string SqlType => "DATE";

    public override void Append(DuckVector vector) => Copy(vector, days, int.MinValue);

    public override Column Build()
    {
        var all = days.ToArray();
        for (var row = 0; row < all.Length; row++)
        {
            var isMissing = all[row] == int.MinValue;
            if (!isMissing && (all[row] < -epoch || all[row] > DateOnly.MaxValue.DayNumber - epoch))
                ThrowOutside(row);
            all[row] = isMissing ? -1 : all[row] + epoch;
        }
        return new DateColumn(Name, all);
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    void ThrowOutside(int row) =>
        throw new HalleyException(
            "HLY1508",
            string.Create(
                CultureInfo.InvariantCulture,
                $"column '{Name}', row {row + 1}: the date is infinite or outside the years 1 to 9999. Correct the row."
            )
        );
}

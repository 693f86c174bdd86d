using System.Globalization;
using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

sealed class NumberBuilder(ColumnRequest request, bool exposure) : ColumnBuilder(request.Name)
{
    /// <summary>From here on not every whole number is a double: an id would change silently.</summary>
    const double LargestExactWhole = 1L << 53;

    readonly Segments<double> values = new();

    public override string SqlType => "DOUBLE";

    public override void Append(DuckVector vector) => Copy(vector, values, double.NaN);

    public override Column Build()
    {
        var all = values.ToArray();
        var isWhole = true;
        var largest = 0.0;
        for (var row = 0; row < all.Length; row++)
        {
            var value = all[row];
            if (double.IsInfinity(value))
                ThrowInfinite(row, value);
            isWhole &= value == Math.Floor(value) || double.IsNaN(value);
            largest = Math.Max(largest, double.IsNaN(value) ? 0 : Math.Abs(value));
        }
        if (request.Guessed && isWhole && largest >= LargestExactWhole)
            throw new GuessRefuted(Name);
        return exposure ? new ExposureColumn(Name, all) : new NumericColumn(Name, all);
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    void ThrowInfinite(int row, double value) =>
        throw new HalleyException(
            "HLY1508",
            string.Create(
                CultureInfo.InvariantCulture,
                $"column '{Name}', row {row + 1}: {(value > 0 ? "infinity" : "-infinity")} is not a finite number. "
                    + $"Correct the row, or leave the field empty where the value is missing."
            )
        );
}

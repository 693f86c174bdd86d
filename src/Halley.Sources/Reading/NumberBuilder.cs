using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <param name="isGuess">No schema says that this is a number: whole numbers too long for a double are then text.</param>
sealed class NumberBuilder(string name, bool isGuess) : ColumnBuilder(name)
{
    /// <summary>From here on not every whole number is a double: an id would change silently.</summary>
    const double LargestExactWhole = 1L << 53;

    readonly Segments<double> values = new();

    public override string SqlType => "DOUBLE";

    public override void Append(DuckVector vector) => Copy(vector, values, double.NaN);

    public override Column Build()
    {
        var all = values.ToArray();
        if (isGuess && AreLongIds(all))
            throw new GuessRefuted(Name);
        return new NumericColumn(Name, all);
    }

    static bool AreLongIds(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            if (value != Math.Floor(value) || double.IsInfinity(value))
                return false;
            largest = Math.Max(largest, Math.Abs(value));
        }
        return largest >= LargestExactWhole;
    }
}

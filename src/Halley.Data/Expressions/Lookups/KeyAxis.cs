using System.Globalization;

namespace Halley.Data.Expressions;

/// <summary>One key of a compiled lookup table: from a slot value to a position on the axis.</summary>
/// <remarks>
/// Ranges that overlap in part share elementary intervals between all their ends:
/// <code>
/// cells      ..25   18..30   30..
/// ends              18    25    30
/// positions   0    |  1  |  2  |  3     (the last position of an axis stands for missing)
/// </code>
/// An exact axis has a position for each distinct value, in increasing order.
/// </remarks>
sealed class KeyAxis
{
    readonly double[] points;
    readonly bool isRange;

    KeyAxis(double[] points, bool isRange)
    {
        this.points = points;
        this.isRange = isRange;
    }

    /// <summary>Positions, the one of a missing value included.</summary>
    public int Length => points.Length + (isRange ? 2 : 1);

    int MissingPosition => Length - 1;

    /// <param name="cells">The distinct cells of the key as bounds [lower, upper); equal for an exact value, NaN for missing.</param>
    public static KeyAxis Of(IEnumerable<(double Lower, double Upper)> cells, bool isRange)
    {
        var points = new SortedSet<double>();
        foreach (var (lower, upper) in cells)
        {
            if (double.IsFinite(lower))
                points.Add(lower);
            if (double.IsFinite(upper))
                points.Add(upper);
        }
        return new([.. points], isRange);
    }

    /// <summary>Position of a value, or −1 where an exact axis does not hold it.</summary>
    public int Find(double value)
    {
        if (double.IsNaN(value))
            return MissingPosition;
        if (isRange)
            return BandInstruction.IndexOf(points, value);
        var found = points.AsSpan().BinarySearch(value);
        return found >= 0 ? found : -1;
    }

    /// <summary>The positions that a cell covers, as a start and an end (exclusive).</summary>
    public (int Start, int End) Cover((double Lower, double Upper) cell)
    {
        if (double.IsNaN(cell.Lower))
            return (MissingPosition, MissingPosition + 1);
        var start = Find(cell.Lower);
        if (!isRange)
            return (start, start + 1);
        return (start, double.IsPositiveInfinity(cell.Upper) ? MissingPosition : Find(cell.Upper));
    }

    /// <summary>A finite number of the invariant culture, or null.</summary>
    internal static double? ParseNumber(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;
}

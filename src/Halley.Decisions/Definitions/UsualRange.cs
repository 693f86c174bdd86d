using System.Globalization;

namespace Halley.Decisions;

/// <summary>How the values of a field or step are usually distributed; gives the constants <c>name.q10</c>, <c>name.q90</c> and so on.</summary>
public sealed record UsualRange
{
    /// <summary>The field or step that it is about.</summary>
    public required string Name { get; init; }

    /// <summary>At least two points; shares and values increase. Between points the quantile is linear.</summary>
    public required IReadOnlyList<QuantilePoint> Quantiles { get; init; }

    /// <summary>The value below which the share <paramref name="share"/> of records lies; outside the points, the first or last value.</summary>
    public double QuantileAt(double share) => QuantileAt(Quantiles, share);

    /// <summary>Learns the quantiles 0, 5, …, 95, 100 % of some values.</summary>
    /// <param name="values">Shape (n); NaN where missing, which is left out.</param>
    /// <remarks>Linear between order statistics, (n−1)·p: type 7 of Hyndman &amp; Fan (1996), Am. Stat. 50(4), 361–365.</remarks>
    /// <exception cref="HalleyException">HLY4005: all values are missing.</exception>
    public static UsualRange Learn(string name, ReadOnlySpan<double> values)
    {
        var sorted = new List<double>();
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                sorted.Add(value);
        }
        if (sorted.Count == 0)
            throw new HalleyException(
                DecisionCodes.Learn,
                $"usual range of '{name}': all {values.Length} values are missing. Leave the range out."
            );
        sorted.Sort();
        return new()
        {
            Name = name,
            Quantiles = [.. Enumerable.Range(0, 21).Select(step => OrderStatistic(sorted, step / 20.0))],
        };
    }

    static QuantilePoint OrderStatistic(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return new(share, sorted[below] + (position - below) * (sorted[above] - sorted[below]));
    }

    internal static double QuantileAt(IReadOnlyList<QuantilePoint> points, double share)
    {
        for (var i = 1; i < points.Count; i++)
        {
            if (share > points[i].Share)
                continue;
            var (low, high) = (points[i - 1], points[i]);
            var weight = high.Share > low.Share ? (share - low.Share) / (high.Share - low.Share) : 1;
            return low.Value + Math.Clamp(weight, 0, 1) * (high.Value - low.Value);
        }
        return points[^1].Value;
    }

    /// <summary>The share meant by a name such as <c>report_delay.q90</c>, with the name before the dot; null where it is no such name.</summary>
    internal static (string Name, double Share)? ParseQuantileName(string name)
    {
        var dot = name.LastIndexOf(".q", StringComparison.Ordinal);
        if (
            dot <= 0
            || !int.TryParse(name.AsSpan(dot + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            || percent > 100
        )
            return null;
        return (name[..dot], percent / 100.0);
    }
}

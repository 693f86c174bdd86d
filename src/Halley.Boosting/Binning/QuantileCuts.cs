using System.Runtime.InteropServices;

namespace Halley.Boosting;

/// <summary>Cuts between bins of about equal mass, for numbers with more distinct values than bins.</summary>
static class QuantileCuts
{
    /// <summary>A cut half way between each value and the next.</summary>
    /// <param name="rising">Distinct values, rising.</param>
    internal static double[] Midpoints(double[] rising)
    {
        var cuts = new double[Math.Max(rising.Length - 1, 0)];
        for (var i = 0; i < cuts.Length; i++)
            cuts[i] = Between(rising[i], rising[i + 1]);
        return cuts;
    }

    /// <summary>At most <paramref name="maximumBins"/> − 1 cuts, rising.</summary>
    /// <param name="values">Any order, no NaN; sorted in place.</param>
    /// <param name="mass">Shape of <paramref name="values"/>, at least 0; put in the same order. Null: values count alike.</param>
    /// <remarks>
    /// A bin closes where its mass is nearest to an even share of what is left, so a heavy value gets a bin of its own and the
    /// others share the rest.
    /// </remarks>
    internal static double[] Of(double[] values, double[]? mass, int maximumBins)
    {
        if (mass is null)
            Array.Sort(values);
        else
            Array.Sort(values, mass);
        var (rising, weight) = Merge(values, mass);
        var (cuts, open, left) = (new List<double>(maximumBins), 0.0, 0.0);
        foreach (var m in weight)
            left += m;
        for (var i = 0; i + 1 < rising.Length && cuts.Count < maximumBins - 1; i++)
        {
            open += weight[i];
            var share = left / (maximumBins - cuts.Count);
            if (2 * open + weight[i + 1] < 2 * share)
                continue;
            cuts.Add(Between(rising[i], rising[i + 1]));
            (left, open) = (left - open, 0);
        }
        return [.. cuts];
    }

    static (double[] Rising, double[] Weight) Merge(double[] sorted, double[]? mass)
    {
        var (rising, weight) = (new List<double>(), new List<double>());
        for (var i = 0; i < sorted.Length; i++)
        {
            if (rising.Count == 0 || rising[^1] != sorted[i])
            {
                rising.Add(sorted[i]);
                weight.Add(0);
            }
            CollectionsMarshal.AsSpan(weight)[^1] += mass is null ? 1 : mass[i];
        }
        return ([.. rising], [.. weight]);
    }

    /// <summary>A number c with below ≤ c &lt; above, half way where doubles allow it.</summary>
    static double Between(double below, double above)
    {
        var middle = below / 2 + above / 2;
        return middle >= below && middle < above ? middle : below;
    }
}

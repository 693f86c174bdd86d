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
    /// <param name="values">Any order, no NaN; overwritten.</param>
    /// <param name="mass">Shape of <paramref name="values"/>, at least 0; overwritten.</param>
    /// <remarks>
    /// A bin closes where its mass is nearest to an even share of what is left, so a heavy value gets a bin of its own and the
    /// others share the rest.
    /// </remarks>
    internal static double[] Of(Span<double> values, Span<double> mass, int maximumBins)
    {
        // Masses that are all alike need not move with their values.
        if (mass.IsEmpty || !mass.ContainsAnyExcept(mass[0]))
            values.Sort();
        else
            values.Sort(mass);
        var count = Merge(values, mass);
        var rising = values[..count];
        var weight = mass[..count];
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

    /// <summary>Leaves each distinct value once, with the mass of all its places, at the front.</summary>
    /// <returns>How many there are.</returns>
    static int Merge(Span<double> sorted, Span<double> mass)
    {
        var count = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (count > 0 && sorted[count - 1] == sorted[i])
                mass[count - 1] += mass[i];
            else
                (sorted[count], mass[count++]) = (sorted[i], mass[i]);
        }
        return count;
    }

    /// <summary>A number c with below ≤ c &lt; above, half way where doubles allow it.</summary>
    static double Between(double below, double above)
    {
        var middle = below / 2 + above / 2;
        return middle >= below && middle < above ? middle : below;
    }
}

namespace Halley.Glm;

/// <summary>Cuts rising values into parts of about equal size; equal values stay together, and no part is empty where values are enough.</summary>
/// <param name="count">Number of parts.</param>
/// <param name="total">Size of all values.</param>
/// <param name="distinct">Number of distinct values.</param>
sealed class FoldCuts(int count, double total, int distinct)
{
    /// <summary>First value of each part but the first.</summary>
    readonly List<double> starts = [];
    double sum;
    int taken;

    /// <summary>Takes the next higher value.</summary>
    /// <param name="size">Of all rows that have it.</param>
    internal void Add(double value, double size)
    {
        var (part, left) = (starts.Count, distinct - taken);
        // The next part begins where its share does, or where only enough values are left to give each part one.
        if (taken > 0 && part < count - 1 && (sum + size / 2 > total * (part + 1) / count || left <= count - 1 - part))
            starts.Add(value);
        sum += size;
        taken++;
    }

    /// <summary>Part of a value.</summary>
    internal int PartOf(double value)
    {
        var place = starts.BinarySearch(value);
        return place >= 0 ? place + 1 : ~place;
    }
}

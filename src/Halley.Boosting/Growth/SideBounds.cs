namespace Halley.Boosting;

/// <summary>Bounds of both sides of every cut of a number.</summary>
sealed class SideBounds
{
    readonly ValueBounds[] left;
    readonly ValueBounds[] right;
    readonly ValueBounds missing;
    readonly bool hasMissing;

    /// <param name="common">What holds for every child.</param>
    /// <param name="hasMissing">Whether the leaf has missing rows; without them they follow the greater number.</param>
    internal SideBounds(BinBounds bins, ValueBounds common, int binCount, bool hasMissing)
    {
        int[] values = [.. Enumerable.Range(0, binCount - 1)];
        (left, right) = (bins.Prefixes(values, common), bins.Suffixes(values, common));
        (missing, this.hasMissing) = (bins[binCount - 1], hasMissing);
    }

    internal (ValueBounds Left, ValueBounds Right) Of(int bin, bool missingLeft, bool leftIsGreater) =>
        (hasMissing ? missingLeft : leftIsGreater)
            ? (left[bin].Within(missing), right[bin])
            : (left[bin], right[bin].Within(missing));
}

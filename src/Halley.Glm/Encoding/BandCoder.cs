using System.Runtime.CompilerServices;

namespace Halley.Glm;

/// <summary>Bands of a number: band k starts at cut k − 1, the first one at −∞.</summary>
/// <param name="cuts">Rising, finite.</param>
sealed class BandCoder(int input, IReadOnlyList<string> levels, double[] cuts, int missingCode)
    : LevelCoder(input, levels, missingCode)
{
    const int CountedCuts = 16;

    internal ReadOnlySpan<double> Cuts => cuts;

    internal override int CodeOf(double slot)
    {
        if (double.IsNaN(slot))
            return MissingCode;
        if (cuts.Length > CountedCuts)
        {
            var found = Cuts.BinarySearch(slot);
            return found >= 0 ? found + 1 : ~found;
        }
        var band = 0;
        foreach (var cut in cuts)
            band += slot >= cut ? 1 : 0;
        return band;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void CodeAll(ReadOnlySpan<double> slots, Span<int> codes)
    {
        slots = slots[..codes.Length];
        if (cuts.Length > CountedCuts)
        {
            for (var i = 0; i < codes.Length; i++)
                codes[i] = CodeOf(slots[i]);
            return;
        }
        // A few cuts are counted without a branch: as many as are at or below the value.
        codes.Clear();
        foreach (var cut in cuts)
        {
            for (var i = 0; i < codes.Length; i++)
                codes[i] += slots[i] >= cut ? 1 : 0;
        }
        for (var i = 0; i < codes.Length; i++)
            codes[i] = double.IsNaN(slots[i]) ? MissingCode : codes[i];
    }

    /// <summary>Names of the bands, for example <c>&lt;6</c>, <c>[6,13)</c>, <c>&gt;=13</c>.</summary>
    internal static string[] BandNames(IReadOnlyList<double> cuts)
    {
        var names = new string[cuts.Count + 1];
        names[0] = $"<{InvariantText.Of(cuts[0])}";
        for (var i = 1; i < cuts.Count; i++)
            names[i] = $"[{InvariantText.Of(cuts[i - 1])},{InvariantText.Of(cuts[i])})";
        names[^1] = $">={InvariantText.Of(cuts[^1])}";
        return names;
    }
}

namespace Halley.Glm;

/// <summary>Bands of a number: band k starts at cut k − 1, the first one at −∞.</summary>
/// <param name="cuts">Rising, finite.</param>
sealed class BandCoder(int input, IReadOnlyList<string> levels, double[] cuts, int missingCode)
    : LevelCoder(input, levels, missingCode)
{
    internal ReadOnlySpan<double> Cuts => cuts;

    internal override void Code(ReadOnlySpan<double> slots, Span<int> codes)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (double.IsNaN(slots[i]))
            {
                codes[i] = MissingCode;
                continue;
            }
            var found = Cuts.BinarySearch(slots[i]);
            codes[i] = found >= 0 ? found + 1 : ~found;
        }
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

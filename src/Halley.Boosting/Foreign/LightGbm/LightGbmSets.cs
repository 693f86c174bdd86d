namespace Halley.Boosting;

/// <summary>The category sets of a LightGBM tree: 32-bit words, a run of them for each cut by category.</summary>
sealed class LightGbmSets
{
    readonly int[] starts;
    readonly uint[] words;
    readonly string place;

    internal LightGbmSets(LightGbmSection tree)
    {
        place = tree.Place;
        var count = tree.Integer("num_cat", 0);
        if (count is < 0 or int.MaxValue)
            ForeignErrors.Malformed(place, $"num_cat is {count}.");
        starts = count == 0 ? [0] : tree.Whole("cat_boundaries", count + 1);
        for (var set = 0; set < count; set++)
        {
            if (starts[set] < 0 || starts[set + 1] < starts[set])
                ForeignErrors.Malformed(place, $"cat_boundaries does not rise at entry {set}.");
        }
        words = count == 0 ? [] : tree.Words32("cat_threshold", starts[^1]);
    }

    /// <summary>The set whose number stands in the place of a threshold.</summary>
    internal ulong[] Of(double number, int cut)
    {
        if (!(number >= 0 && number < starts.Length - 1) || number != Math.Floor(number))
            ForeignErrors.Malformed($"{place}, node {cut}", $"its set of categories is number {number} of {starts.Length - 1}.");
        var set = words.AsSpan(starts[(int)number]..starts[(int)number + 1]);
        var bits = new ulong[(set.Length + 1) / 2];
        for (var word = 0; word < set.Length; word++)
            bits[word >> 1] |= (ulong)set[word] << (32 * (word & 1));
        return bits;
    }
}

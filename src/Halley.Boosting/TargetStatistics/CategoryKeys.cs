namespace Halley.Boosting;

/// <summary>A feature or a combination of features as one number a row: each of what occurs in the learn rows has a place.</summary>
sealed class CategoryKeys
{
    CategoryKeys(int[] features, KeyedColumn keyed, int[] placeOfRow) =>
        (Features, Keyed, PlaceOfRow) = (features, keyed, placeOfRow);

    /// <summary>Indexes of the features, rising.</summary>
    internal int[] Features { get; }

    /// <summary>Tells the place of a row's key; values are given later.</summary>
    internal KeyedColumn Keyed { get; }

    /// <summary>Places, from 0 on in the order of the keys.</summary>
    internal int Count => Keyed.Keys.Length;

    /// <summary>Shape (learn rows): the place of each row's key.</summary>
    internal int[] PlaceOfRow { get; }

    /// <summary>Null where the features have more combinations than a number can tell.</summary>
    /// <param name="sources">In the order of <paramref name="features"/>.</param>
    internal static CategoryKeys? Of(int[] features, KeySource[] sources)
    {
        var (steps, step) = (new ulong[features.Length], UInt128.One);
        for (var i = 0; i < features.Length; i++)
        {
            steps[i] = (ulong)step;
            // Missing is one more level.
            step *= (ulong)sources[i].Count + 1;
            if (step > ulong.MaxValue)
                return null;
        }
        var keyOfRow = new ulong[sources[0].Codes.Length];
        for (var i = 0; i < features.Length; i++)
        {
            var codes = sources[i].Codes;
            var missing = (ulong)sources[i].Count;
            for (var row = 0; row < keyOfRow.Length; row++)
                keyOfRow[row] += steps[i] * (codes[row] < 0 ? missing : (ulong)codes[row]);
        }
        var keys = keyOfRow.Distinct().ToArray();
        Array.Sort(keys);
        var places = new int[keyOfRow.Length];
        for (var row = 0; row < places.Length; row++)
            places[row] = Array.BinarySearch(keys, keyOfRow[row]);
        return new(features, new(features, [.. sources.Select(source => source.Count)], keys, [], 0), places);
    }
}

namespace Halley.Boosting;

/// <summary>A feature or a combination of features as one number a row: each of what occurs in the learn rows has a place.</summary>
sealed class CategoryKeys
{
    /// <summary>Possible keys a row up to which they are all listed.</summary>
    const int DensePerRow = 2;

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
        var (keys, places) =
            step <= (UInt128)(DensePerRow * (long)keyOfRow.Length) ? Dense(keyOfRow, (int)step) : Sparse(keyOfRow);
        return new(features, new(features, [.. sources.Select(source => source.Count)], keys, [], 0), places);
    }

    /// <summary>Where keys are hardly more than rows, a list over all that could be is shorter to look up in than one of those that are.</summary>
    static (ulong[] Keys, int[] Places) Dense(ulong[] keyOfRow, int limit)
    {
        var placeOf = new int[limit];
        foreach (var key in keyOfRow)
            placeOf[key] = 1;
        var keys = new List<ulong>();
        for (var key = 0; key < limit; key++)
        {
            if (placeOf[key] == 0)
                continue;
            placeOf[key] = keys.Count;
            keys.Add((ulong)key);
        }
        return ([.. keys], Array.ConvertAll(keyOfRow, key => placeOf[key]));
    }

    static (ulong[] Keys, int[] Places) Sparse(ulong[] keyOfRow)
    {
        var keys = keyOfRow.Distinct().ToArray();
        Array.Sort(keys);
        return (keys, Array.ConvertAll(keyOfRow, key => Array.BinarySearch(keys, key)));
    }
}

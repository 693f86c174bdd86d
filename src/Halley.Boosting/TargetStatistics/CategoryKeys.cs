using Halley.Data;

namespace Halley.Boosting;

/// <summary>A category or a combination of categories as one number a row: each of what occurs in the learn rows has a place.</summary>
sealed class CategoryKeys
{
    CategoryKeys(int[] features, KeyedColumn keyed, int[] placeOfRow) =>
        (Features, Keyed, PlaceOfRow) = (features, keyed, placeOfRow);

    /// <summary>Indexes of the categories, rising.</summary>
    internal int[] Features { get; }

    /// <summary>Tells the place of a row's key; values are given later.</summary>
    internal KeyedColumn Keyed { get; }

    /// <summary>Places, from 0 on in the order of the keys.</summary>
    internal int Count => Keyed.Keys.Length;

    /// <summary>Shape (learn rows): the place of each row's key.</summary>
    internal int[] PlaceOfRow { get; }

    /// <summary>Null where the categories have more combinations than a number can tell.</summary>
    /// <param name="columns">Of the learn rows, in the order of <paramref name="features"/>.</param>
    internal static CategoryKeys? Of(int[] features, CategoricalColumn[] columns)
    {
        var (steps, step) = (new ulong[features.Length], UInt128.One);
        for (var i = 0; i < features.Length; i++)
        {
            steps[i] = (ulong)step;
            // Missing is one more level.
            step *= (ulong)columns[i].Levels.Count + 1;
            if (step > ulong.MaxValue)
                return null;
        }
        var keyOfRow = new ulong[columns[0].RowCount];
        for (var i = 0; i < features.Length; i++)
        {
            var codes = columns[i].Codes;
            var missing = (ulong)columns[i].Levels.Count;
            for (var row = 0; row < keyOfRow.Length; row++)
                keyOfRow[row] += steps[i] * (codes[row] < 0 ? missing : (ulong)codes[row]);
        }
        var keys = keyOfRow.Distinct().ToArray();
        Array.Sort(keys);
        var places = new int[keyOfRow.Length];
        for (var row = 0; row < places.Length; row++)
            places[row] = Array.BinarySearch(keys, keyOfRow[row]);
        return new(features, new(features, [.. columns.Select(column => column.Levels.Count)], keys, [], 0), places);
    }
}

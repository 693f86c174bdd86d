namespace Halley.Registry;

/// <summary>Which buckets belong to whom.</summary>
static class BucketTable
{
    /// <summary>Grows or shrinks an arm to a number of buckets, moving none that need not move.</summary>
    /// <param name="own">The arm's buckets now.</param>
    /// <param name="taken">Buckets of the other challengers.</param>
    /// <param name="count">Buckets that the arm shall have; at most those that are free.</param>
    /// <remarks>Growth takes the lowest free buckets; shrinking gives back the highest own ones.</remarks>
    internal static IReadOnlyList<BucketRange> Resize(IReadOnlyList<BucketRange> own, IEnumerable<BucketRange> taken, int count)
    {
        var isOwn = new bool[LiveArms.BucketTotal];
        var isTaken = new bool[LiveArms.BucketTotal];
        Mark(isOwn, own);
        Mark(isTaken, taken);
        var have = own.Sum(range => range.Count);
        for (var bucket = 0; have < count; bucket++)
        {
            if (isOwn[bucket] || isTaken[bucket])
                continue;
            isOwn[bucket] = true;
            have++;
        }
        for (var bucket = LiveArms.BucketTotal - 1; have > count; bucket--)
        {
            if (!isOwn[bucket])
                continue;
            isOwn[bucket] = false;
            have--;
        }
        return Ranges(isOwn);
    }

    static void Mark(bool[] marks, IEnumerable<BucketRange> ranges)
    {
        foreach (var range in ranges)
            marks.AsSpan(range.Start, range.Count).Fill(true);
    }

    static List<BucketRange> Ranges(bool[] marks)
    {
        var ranges = new List<BucketRange>();
        for (var bucket = 0; bucket < marks.Length; bucket++)
        {
            if (!marks[bucket])
                continue;
            var start = bucket;
            while (bucket < marks.Length && marks[bucket])
                bucket++;
            ranges.Add(new(start, bucket));
        }
        return ranges;
    }
}

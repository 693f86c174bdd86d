using System.Runtime.InteropServices;

namespace Halley.Glm;

/// <summary>Counts the distinct values of a column, run after run.</summary>
/// <param name="limit">More distinct values than this are not kept.</param>
sealed class ValueCounter(int limit)
{
    readonly Dictionary<double, long> counts = [];

    /// <summary>Whether there were more than the limit.</summary>
    internal bool IsFull { get; private set; }

    /// <summary>Takes values; missing ones are passed over.</summary>
    internal void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (IsFull)
                return;
            if (double.IsNaN(value))
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
            IsFull = counts.Count > limit;
        }
    }

    /// <summary>What was counted; null where there were more values than the limit.</summary>
    internal ValueCounts? Counts()
    {
        if (IsFull)
            return null;
        var values = counts.Keys.ToArray();
        Array.Sort(values);
        return new(values, Array.ConvertAll(values, value => counts[value]));
    }
}

namespace Halley.Boosting;

/// <summary>Sums by code that one thread fills at a time, before they become a histogram over bins.</summary>
abstract class Accumulator
{
    /// <summary>Rows that may be added before it must be flushed.</summary>
    internal abstract int Capacity { get; }

    /// <summary>Rows added since the last flush.</summary>
    internal int Rows { get; private set; }

    internal void AddRange(int first, int count)
    {
        Rows += count;
        AddRows(first, count);
    }

    internal void AddListed(ReadOnlySpan<int> rows)
    {
        Rows += rows.Length;
        AddRows(rows);
    }

    /// <summary>Adds its sums to a histogram and starts anew.</summary>
    internal void Flush(LeafHistogram histogram)
    {
        if (Rows > 0)
            AddTo(histogram);
        Rows = 0;
    }

    protected abstract void AddRows(int first, int count);

    protected abstract void AddRows(ReadOnlySpan<int> rows);

    protected abstract void AddTo(LeafHistogram histogram);
}

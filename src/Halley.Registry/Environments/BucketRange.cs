namespace Halley.Registry;

/// <summary>Neighbouring buckets of units.</summary>
/// <param name="Start">First bucket.</param>
/// <param name="End">One past the last bucket.</param>
public readonly record struct BucketRange(int Start, int End)
{
    public int Count => End - Start;
}

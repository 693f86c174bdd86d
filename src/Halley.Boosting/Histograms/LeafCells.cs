using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Sums by bin of one feature in one leaf, in whole units, missing last; packed or not.</summary>
readonly ref struct LeafCells
{
    internal LeafCells(ReadOnlySpan<long> packed)
    {
        Packed = packed;
        IsPacked = true;
    }

    internal LeafCells(ReadOnlySpan<GradientSums> wide) => Wide = wide;

    internal bool IsPacked { get; }

    /// <summary>Where they are packed: shape (bins).</summary>
    internal ReadOnlySpan<long> Packed { get; }

    /// <summary>Where they are not: shape (bins).</summary>
    internal ReadOnlySpan<GradientSums> Wide { get; }

    internal int Length => IsPacked ? Packed.Length : Wide.Length;

    internal GradientSums this[int bin] => IsPacked ? new(PackedValue.ToLanes(Packed[bin])) : Wide[bin];
}

using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Ten bits of gradient and of hessian a row, rounded at random: small enough that one add serves gradient, hessian and count.</summary>
sealed class PackedGradients(int rowCount) : Gradients(rowCount)
{
    readonly long[] packed = new long[rowCount];

    protected override double LargestTerm => PackedValue.Largest - 1;

    /// <summary>Shape (rows).</summary>
    internal ReadOnlySpan<long> Packed => packed;

    internal override void Store(int start, ReadOnlySpan<double> gradient, ReadOnlySpan<double> hessian, ulong seed) =>
        StochasticPacker.Pack(gradient, hessian, 1 / Unit[0], 1 / Unit[1], seed, start, packed.AsSpan(start, gradient.Length));

    internal override Accumulator NewAccumulator(BinnedTable table, HistogramLayout layout) =>
        new PackedAccumulator(table, layout, this);
}

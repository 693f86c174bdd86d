using System.Numerics;
using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>Gradients rounded as finely as keeps every sum below 2⁵³, where doubles add exactly.</summary>
sealed class FullGradients(int rowCount) : Gradients(rowCount)
{
    readonly Vector128<double>[] pairs = new Vector128<double>[rowCount];

    protected override double LargestTerm { get; } = Math.ScaleB(1, 51 - BitOperations.Log2((uint)Math.Max(rowCount, 1)));

    /// <summary>Shape (rows): whole units of gradient and hessian.</summary>
    internal ReadOnlySpan<Vector128<double>> Pairs => pairs;

    internal override void Store(int start, ReadOnlySpan<double> gradient, ReadOnlySpan<double> hessian, ulong seed)
    {
        var scale = Vector128.Create(1 / Unit[0], 1 / Unit[1]);
        var target = pairs.AsSpan(start, gradient.Length);
        for (var i = 0; i < target.Length; i++)
            target[i] = Vector128.Round(Vector128.Create(gradient[i], hessian[i]) * scale);
    }

    internal override Accumulator NewAccumulator(BinnedTable table, HistogramLayout layout) =>
        new FullAccumulator(table, layout, this);
}

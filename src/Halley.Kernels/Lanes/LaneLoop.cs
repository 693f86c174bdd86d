using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Runs a kernel over rows at the widest width the CPU has, and the tail one by one.</summary>
static class LaneLoop
{
    /// <summary>Calls the kernel for rows 0 … rowCount − 1 in order.</summary>
    /// <remarks>
    /// Compiled at full optimisation at once: unoptimised, every lane operation is a call, and short fits would run on that. By itself,
    /// too: as a part of a small caller its lane operations exceed what the JIT inlines, and become calls later on.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run<TKernel>(TKernel kernel, int rowCount)
        where TKernel : struct, ILaneKernel, allows ref struct
    {
        var row = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; row <= rowCount - EightLanes.Width; row += EightLanes.Width)
                kernel.Step<EightLanes>(row);
        else if (Vector256.IsHardwareAccelerated)
            for (; row <= rowCount - FourLanes.Width; row += FourLanes.Width)
                kernel.Step<FourLanes>(row);
        else if (Vector128.IsHardwareAccelerated)
            for (; row <= rowCount - TwoLanes.Width; row += TwoLanes.Width)
                kernel.Step<TwoLanes>(row);
        for (; row < rowCount; row++)
            kernel.Step<OneLane>(row);
    }

    /// <summary>result[i] = F(x[i]) for spans of shape (n); <paramref name="result"/> may be <paramref name="x"/> itself.</summary>
    internal static void Apply<TFunction>(ReadOnlySpan<double> x, Span<double> result)
        where TFunction : ILaneFunction => Run(new FunctionKernel<TFunction>(x, result), x.Length);

    readonly ref struct FunctionKernel<TFunction>(ReadOnlySpan<double> x, Span<double> result) : ILaneKernel
        where TFunction : ILaneFunction
    {
        readonly ReadOnlySpan<double> _x = x;
        readonly Span<double> _result = result;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<T>(int row)
            where T : struct, ILanes<T> => TFunction.Apply(T.Load(_x[row..])).Store(_result[row..]);
    }
}

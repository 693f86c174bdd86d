using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Runs a lane function over a span at the widest width the CPU has, and the tail one by one.</summary>
static class LaneLoop
{
    /// <summary>result[i] = F(x[i]) for spans of shape (n); <paramref name="result"/> may be <paramref name="x"/> itself.</summary>
    internal static void Apply<TFunction>(ReadOnlySpan<double> x, Span<double> result)
        where TFunction : ILaneFunction
    {
        var done = 0;
        if (Vector512.IsHardwareAccelerated)
            done = Full<TFunction, EightLanes>(x, result);
        else if (Vector256.IsHardwareAccelerated)
            done = Full<TFunction, FourLanes>(x, result);
        else if (Vector128.IsHardwareAccelerated)
            done = Full<TFunction, TwoLanes>(x, result);
        for (var i = done; i < x.Length; i++)
            result[i] = TFunction.Apply(new OneLane(x[i])).Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Full<TFunction, T>(ReadOnlySpan<double> x, Span<double> result)
        where TFunction : ILaneFunction
        where T : struct, ILanes<T>
    {
        var i = 0;
        for (; i <= x.Length - T.Width; i += T.Width)
            TFunction.Apply(T.Load(x[i..])).Store(result[i..]);
        return i;
    }
}

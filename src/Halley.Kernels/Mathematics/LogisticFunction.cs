using System.Runtime.CompilerServices;

namespace Halley.Kernels;

/// <summary>1/(1 + e^−x) on any number of lanes, without overflow and with full relative accuracy in both tails.</summary>
readonly struct LogisticFunction : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, ILanes<T>
    {
        var one = T.Create(1);
        var small = ExpFunction.Apply(T.Create(0) - T.Abs(x));
        return T.WhereLess(x, T.Create(0), small, one) / (one + small);
    }
}

using Halley.Kernels;

namespace Halley.Data.Expressions;

/// <summary>Elementary functions, of the library's own whose bits depend on no machine.</summary>
static class VectorFunctions
{
    internal readonly struct Exponential : IVectorFunction
    {
        public static void Apply(ReadOnlySpan<double> x, Span<double> result) => VectorMath.Exp(x, result);
    }

    /// <summary>Natural logarithm; no finite number for x ≤ 0.</summary>
    internal readonly struct Logarithm : IVectorFunction
    {
        public static void Apply(ReadOnlySpan<double> x, Span<double> result) => VectorMath.Log(x, result);
    }

    /// <summary>1/(1 + e^−x).</summary>
    internal readonly struct Logistic : IVectorFunction
    {
        public static void Apply(ReadOnlySpan<double> x, Span<double> result) => VectorMath.Logistic(x, result);
    }
}

namespace Halley.Kernels;

/// <summary>One or more doubles in step, so that a formula is written once and runs on a row or on a SIMD register.</summary>
/// <remarks>
/// Every operation is IEEE 754 exact per lane and nothing fuses a product with a sum, so the number of lanes changes no bit.
/// The bit operations treat each lane as a 64-bit integer.
/// </remarks>
interface ILanes<T>
    where T : struct, ILanes<T>
{
    static abstract int Width { get; }
    static abstract T Create(double value);
    static abstract T Load(ReadOnlySpan<double> source);
    void Store(Span<double> target);

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator /(T left, T right);

    static abstract T Abs(T x);

    /// <summary><paramref name="then"/> in the lanes where <c>x &lt; limit</c>, else <paramref name="otherwise"/>.</summary>
    static abstract T WhereLess(T x, T limit, T then, T otherwise);

    /// <summary><paramref name="then"/> in the lanes where <c>x == value</c> (false for NaN), else <paramref name="otherwise"/>.</summary>
    static abstract T WhereEqual(T x, T value, T then, T otherwise);
    static abstract T AddBits(T x, long bits);
    static abstract T AndBits(T x, long bits);
    static abstract T OrBits(T x, long bits);
    static abstract T ShiftLeftBits(T x, int count);
    static abstract T ShiftRightBits(T x, int count);
}

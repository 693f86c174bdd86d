using System.Runtime.CompilerServices;

namespace Halley.Kernels;

/// <summary>A single double behind <see cref="ILanes{T}"/>.</summary>
readonly struct OneLane(double value) : ILanes<OneLane>
{
    public double Value { get; } = value;

    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane Create(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane Load(ReadOnlySpan<double> source) => new(source[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> target) => target[0] = Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane operator +(OneLane left, OneLane right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane operator -(OneLane left, OneLane right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane operator *(OneLane left, OneLane right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane operator /(OneLane left, OneLane right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane Abs(OneLane x) => new(Math.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane WhereLess(OneLane x, OneLane limit, OneLane then, OneLane otherwise) =>
        x.Value < limit.Value ? then : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane WhereEqual(OneLane x, OneLane value, OneLane then, OneLane otherwise) =>
        x.Value == value.Value ? then : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane AddBits(OneLane x, long bits) => FromBits(Bits(x) + bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane AndBits(OneLane x, long bits) => FromBits(Bits(x) & bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane OrBits(OneLane x, long bits) => FromBits(Bits(x) | bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane ShiftLeftBits(OneLane x, int count) => FromBits(Bits(x) << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane ShiftRightBits(OneLane x, int count) => FromBits(Bits(x) >>> count);

    static long Bits(OneLane x) => BitConverter.DoubleToInt64Bits(x.Value);

    static OneLane FromBits(long bits) => new(BitConverter.Int64BitsToDouble(bits));
}

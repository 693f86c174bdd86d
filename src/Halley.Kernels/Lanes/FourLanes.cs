using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Four doubles in a <see cref="Vector256{T}"/> behind <see cref="ILanes{T}"/>.</summary>
readonly struct FourLanes(Vector256<double> value) : ILanes<FourLanes>
{
    readonly Vector256<double> _value = value;

    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Create(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Load(ReadOnlySpan<double> source) => new(Vector256.Create(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> target) => _value.CopyTo(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator +(FourLanes left, FourLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator -(FourLanes left, FourLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator *(FourLanes left, FourLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator /(FourLanes left, FourLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Abs(FourLanes x) => new(Vector256.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes WhereLess(FourLanes x, FourLanes limit, FourLanes then, FourLanes otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(x._value, limit._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes WhereEqual(FourLanes x, FourLanes value, FourLanes then, FourLanes otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(x._value, value._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes AddBits(FourLanes x, long bits) => new((x._value.AsInt64() + Vector256.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes AndBits(FourLanes x, long bits) => new((x._value.AsInt64() & Vector256.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes OrBits(FourLanes x, long bits) => new((x._value.AsInt64() | Vector256.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes ShiftLeftBits(FourLanes x, int count) => new((x._value.AsInt64() << count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes ShiftRightBits(FourLanes x, int count) => new((x._value.AsInt64() >>> count).AsDouble());
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Two doubles in a <see cref="Vector128{T}"/> behind <see cref="ILanes{T}"/>.</summary>
readonly struct TwoLanes(Vector128<double> value) : ILanes<TwoLanes>
{
    readonly Vector128<double> _value = value;

    public static int Width => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Create(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Load(ReadOnlySpan<double> source) => new(Vector128.Create(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> target) => _value.CopyTo(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator +(TwoLanes left, TwoLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator -(TwoLanes left, TwoLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator *(TwoLanes left, TwoLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator /(TwoLanes left, TwoLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Abs(TwoLanes x) => new(Vector128.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes WhereLess(TwoLanes x, TwoLanes limit, TwoLanes then, TwoLanes otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(x._value, limit._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes WhereEqual(TwoLanes x, TwoLanes value, TwoLanes then, TwoLanes otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._value, value._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes AddBits(TwoLanes x, long bits) => new((x._value.AsInt64() + Vector128.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes AndBits(TwoLanes x, long bits) => new((x._value.AsInt64() & Vector128.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes OrBits(TwoLanes x, long bits) => new((x._value.AsInt64() | Vector128.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes ShiftLeftBits(TwoLanes x, int count) => new((x._value.AsInt64() << count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes ShiftRightBits(TwoLanes x, int count) => new((x._value.AsInt64() >>> count).AsDouble());
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Eight doubles in a <see cref="Vector512{T}"/> behind <see cref="ILanes{T}"/>.</summary>
readonly struct EightLanes(Vector512<double> value) : ILanes<EightLanes>
{
    readonly Vector512<double> _value = value;

    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Create(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Load(ReadOnlySpan<double> source) => new(Vector512.Create(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> target) => _value.CopyTo(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator +(EightLanes left, EightLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator -(EightLanes left, EightLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator *(EightLanes left, EightLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator /(EightLanes left, EightLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Abs(EightLanes x) => new(Vector512.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes WhereLess(EightLanes x, EightLanes limit, EightLanes then, EightLanes otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(x._value, limit._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes WhereEqual(EightLanes x, EightLanes value, EightLanes then, EightLanes otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(x._value, value._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes AddBits(EightLanes x, long bits) => new((x._value.AsInt64() + Vector512.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes AndBits(EightLanes x, long bits) => new((x._value.AsInt64() & Vector512.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes OrBits(EightLanes x, long bits) => new((x._value.AsInt64() | Vector512.Create(bits)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes ShiftLeftBits(EightLanes x, int count) => new((x._value.AsInt64() << count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes ShiftRightBits(EightLanes x, int count) => new((x._value.AsInt64() >>> count).AsDouble());
}

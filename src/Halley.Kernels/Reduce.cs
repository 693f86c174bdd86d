using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Sums and extremes over spans, equal to the bit at every SIMD width.</summary>
/// <remarks>
/// Eight lanes always: element i goes to lane i mod 8, the lanes are added pairwise, and the tail after the last full eight is
/// added one by one. Narrower CPUs run the same lanes as 2×256 or 4×128 bits, in the same order. NaN in the input gives NaN.
/// The loops are compiled at full optimisation at once: unoptimised, every vector operation is a call.
/// </remarks>
public static class Reduce
{
    /// <summary>Σ x[i] over shape (n); 0 for an empty span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> x)
    {
        var (lanes, i) = (Vector512<double>.Zero, 0);
        for (; i <= x.Length - 8; i += 8)
            lanes += Vector512.Create(x[i..]);
        var sum = AddLanes(lanes);
        for (; i < x.Length; i++)
            sum += x[i];
        return sum;
    }

    /// <summary>Σ x[i]·y[i] over two spans of shape (n): also the weighted sum of one by the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        CheckLength(x.Length, y.Length);
        y = y[..x.Length];
        var (lanes, i) = (Vector512<double>.Zero, 0);
        for (; i <= x.Length - 8; i += 8)
            lanes += Vector512.Create(x[i..]) * Vector512.Create(y[i..]);
        var sum = AddLanes(lanes);
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>The <see cref="Dot"/> of x with each of four spans of shape (n), to the same bits; x is read once.</summary>
    /// <remarks>One sum waits for its own additions; four keep the processor busy.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double A, double B, double C, double D) Dots(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        ReadOnlySpan<double> c,
        ReadOnlySpan<double> d
    )
    {
        a = a[..x.Length];
        b = b[..x.Length];
        c = c[..x.Length];
        d = d[..x.Length];
        var (first, second, third, fourth, i) = (
            Vector512<double>.Zero,
            Vector512<double>.Zero,
            Vector512<double>.Zero,
            Vector512<double>.Zero,
            0
        );
        for (; i <= x.Length - 8; i += 8)
        {
            var left = Vector512.Create(x[i..]);
            first += left * Vector512.Create(a[i..]);
            second += left * Vector512.Create(b[i..]);
            third += left * Vector512.Create(c[i..]);
            fourth += left * Vector512.Create(d[i..]);
        }
        var sums = (AddLanes(first), AddLanes(second), AddLanes(third), AddLanes(fourth));
        for (; i < x.Length; i++)
        {
            sums.Item1 += x[i] * a[i];
            sums.Item2 += x[i] * b[i];
            sums.Item3 += x[i] * c[i];
            sums.Item4 += x[i] * d[i];
        }
        return sums;
    }

    /// <summary>Σ weight[i]·x[i]·y[i] over three spans of shape (n), each product taken from the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double WeightedDot(ReadOnlySpan<double> weight, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        CheckLength(weight.Length, x.Length);
        CheckLength(weight.Length, y.Length);
        x = x[..weight.Length];
        y = y[..weight.Length];
        var (lanes, i) = (Vector512<double>.Zero, 0);
        for (; i <= weight.Length - 8; i += 8)
            lanes += Vector512.Create(weight[i..]) * Vector512.Create(x[i..]) * Vector512.Create(y[i..]);
        var sum = AddLanes(lanes);
        for (; i < weight.Length; i++)
            sum += weight[i] * x[i] * y[i];
        return sum;
    }

    /// <summary>Largest value of a span of shape (n); −∞ for an empty one, NaN if any value is NaN.</summary>
    public static double Max(ReadOnlySpan<double> x)
    {
        var max = double.NegativeInfinity;
        foreach (var value in x)
            max = Math.Max(max, value);
        return max;
    }

    /// <summary>Smallest value of a span of shape (n); +∞ for an empty one, NaN if any value is NaN.</summary>
    public static double Min(ReadOnlySpan<double> x)
    {
        var min = double.PositiveInfinity;
        foreach (var value in x)
            min = Math.Min(min, value);
        return min;
    }

    /// <summary>Largest absolute value of a span of shape (n); 0 for an empty one, NaN if any value is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double MaxAbs(ReadOnlySpan<double> x)
    {
        // Without their signs doubles are ordered as integers are, NaN above infinity.
        var (size, largest, i) = (Vector512.Create(long.MaxValue), Vector512<long>.Zero, 0);
        for (; i <= x.Length - 8; i += 8)
            largest = Vector512.Max(largest, Vector512.Create(x[i..]).AsInt64() & size);
        var max = 0L;
        for (var lane = 0; lane < 8; lane++)
            max = Math.Max(max, largest.GetElement(lane));
        for (; i < x.Length; i++)
            max = Math.Max(max, BitConverter.DoubleToInt64Bits(x[i]) & long.MaxValue);
        return BitConverter.Int64BitsToDouble(max);
    }

    /// <summary>Index of the first NaN or infinity in a span of shape (n), or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOfNonFinite(ReadOnlySpan<double> x)
    {
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            // x − x is 0 for finite values alone.
            var eight = Vector512.Create(x[i..]);
            if (!Vector512.EqualsAll(eight - eight, Vector512<double>.Zero))
                break;
        }
        for (; i < x.Length; i++)
            if (!double.IsFinite(x[i]))
                return i;
        return -1;
    }

    /// <summary>target[i] += scale·x[i] over shape (n), product and sum rounded apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double scale, ReadOnlySpan<double> x, Span<double> target)
    {
        CheckLength(x.Length, target.Length);
        target = target[..x.Length];
        var (factor, i) = (Vector512.Create(scale), 0);
        for (; i <= x.Length - 8; i += 8)
            (Vector512.Create<double>(target[i..]) + factor * Vector512.Create(x[i..])).CopyTo(target[i..]);
        for (; i < x.Length; i++)
            target[i] += scale * x[i];
    }

    /// <summary>result[i] = x[i]·y[i]; shapes (n). The result may be one of the factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> result)
    {
        CheckLength(x.Length, y.Length);
        CheckLength(x.Length, result.Length);
        y = y[..x.Length];
        result = result[..x.Length];
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
            (Vector512.Create(x[i..]) * Vector512.Create(y[i..])).CopyTo(result[i..]);
        for (; i < x.Length; i++)
            result[i] = x[i] * y[i];
    }

    /// <summary>((l0 + l4) + (l1 + l5)) + ((l2 + l6) + (l3 + l7)) in this order on every CPU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double AddLanes(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        return four.GetElement(0) + four.GetElement(1) + (four.GetElement(2) + four.GetElement(3));
    }

    static void CheckLength(int needed, int given, [CallerArgumentExpression(nameof(given))] string? name = null)
    {
        if (given < needed)
            throw new ArgumentException($"the spans of one sum need {needed} values each, not {given}.", name);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Several columns at a time: what <see cref="Reduce"/> does with one, to the same bits, with less reading.</summary>
public static class Panel
{
    /// <summary>The <see cref="Reduce.Dot"/> of two spans with each of four, all of shape (n).</summary>
    /// <param name="products">Shape (8): those of x, then those of y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        ReadOnlySpan<double> c,
        ReadOnlySpan<double> d,
        Span<double> products
    )
    {
        y = y[..x.Length];
        a = a[..x.Length];
        b = b[..x.Length];
        c = c[..x.Length];
        d = d[..x.Length];
        products = products[..8];
        var zero = Vector512<double>.Zero;
        var (xa, xb, xc, xd, ya, yb, yc, yd, i) = (zero, zero, zero, zero, zero, zero, zero, zero, 0);
        for (; i <= x.Length - 8; i += 8)
        {
            var (first, second) = (Vector512.Create(x[i..]), Vector512.Create(y[i..]));
            var other = Vector512.Create(a[i..]);
            xa += first * other;
            ya += second * other;
            other = Vector512.Create(b[i..]);
            xb += first * other;
            yb += second * other;
            other = Vector512.Create(c[i..]);
            xc += first * other;
            yc += second * other;
            other = Vector512.Create(d[i..]);
            xd += first * other;
            yd += second * other;
        }
        (products[0], products[1], products[2], products[3]) = (Added(xa), Added(xb), Added(xc), Added(xd));
        (products[4], products[5], products[6], products[7]) = (Added(ya), Added(yb), Added(yc), Added(yd));
        for (; i < x.Length; i++)
        {
            products[0] += x[i] * a[i];
            products[1] += x[i] * b[i];
            products[2] += x[i] * c[i];
            products[3] += x[i] * d[i];
            products[4] += y[i] * a[i];
            products[5] += y[i] * b[i];
            products[6] += y[i] * c[i];
            products[7] += y[i] * d[i];
        }
    }

    /// <summary>target[i] += s[0]·a[i], then s[1]·b[i], s[2]·c[i] and s[3]·d[i]: four of <see cref="Reduce.AddScaled"/>.</summary>
    /// <param name="scales">s, shape (4).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(
        ReadOnlySpan<double> scales,
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        ReadOnlySpan<double> c,
        ReadOnlySpan<double> d,
        Span<double> target
    )
    {
        a = a[..target.Length];
        b = b[..target.Length];
        c = c[..target.Length];
        d = d[..target.Length];
        var (s0, s1, s2, s3) = (scales[0], scales[1], scales[2], scales[3]);
        var (v0, v1, v2, v3) = (Vector512.Create(s0), Vector512.Create(s1), Vector512.Create(s2), Vector512.Create(s3));
        var i = 0;
        for (; i <= target.Length - 8; i += 8)
        {
            var sum = Vector512.Create<double>(target[i..]) + v0 * Vector512.Create(a[i..]);
            sum += v1 * Vector512.Create(b[i..]);
            sum += v2 * Vector512.Create(c[i..]);
            sum += v3 * Vector512.Create(d[i..]);
            sum.CopyTo(target[i..]);
        }
        for (; i < target.Length; i++)
            target[i] = target[i] + s0 * a[i] + s1 * b[i] + s2 * c[i] + s3 * d[i];
    }

    /// <summary>A plane rotation of two spans of shape (n): x ← cosine·x + sine·y, y ← cosine·y − sine·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(double cosine, double sine, Span<double> x, Span<double> y)
    {
        y = y[..x.Length];
        var (c, s, i) = (Vector512.Create(cosine), Vector512.Create(sine), 0);
        for (; i <= x.Length - 8; i += 8)
        {
            var (left, right) = (Vector512.Create<double>(x[i..]), Vector512.Create<double>(y[i..]));
            (c * left + s * right).CopyTo(x[i..]);
            (c * right - s * left).CopyTo(y[i..]);
        }
        for (; i < x.Length; i++)
            (x[i], y[i]) = (cosine * x[i] + sine * y[i], cosine * y[i] - sine * x[i]);
    }

    /// <summary>Σ w[i]·(x[i] − centre)² over spans of shape (n): <see cref="Reduce.WeightedDot"/> of what is left of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaresAround(double centre, ReadOnlySpan<double> weight, ReadOnlySpan<double> x)
    {
        x = x[..weight.Length];
        var (lanes, middle, i) = (Vector512<double>.Zero, Vector512.Create(centre), 0);
        for (; i <= weight.Length - 8; i += 8)
        {
            var rest = Vector512.Create(x[i..]) - middle;
            lanes += Vector512.Create(weight[i..]) * rest * rest;
        }
        var sum = Added(lanes);
        for (; i < weight.Length; i++)
            sum += weight[i] * (x[i] - centre) * (x[i] - centre);
        return sum;
    }

    /// <summary>x[i] ← (x[i] − centre)·factor, shape (n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Standardise(double centre, double factor, Span<double> x)
    {
        var (middle, scale, i) = (Vector512.Create(centre), Vector512.Create(factor), 0);
        for (; i <= x.Length - 8; i += 8)
            ((Vector512.Create<double>(x[i..]) - middle) * scale).CopyTo(x[i..]);
        for (; i < x.Length; i++)
            x[i] = (x[i] - centre) * factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Added(Vector512<double> lanes) => Reduce.AddLanes(lanes);
}

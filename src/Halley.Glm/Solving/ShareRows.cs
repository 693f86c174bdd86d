using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Rows of shares under the logit link, eight at a time. Most targets are 0 or 1.</summary>
/// <remarks>
/// With e = e^−|η| the means μ and 1 − μ are 1/(1 + e) and e/(1 + e), both with all their digits. A target of 0 or 1 has the deviance
/// 2·ln(1 + e), and 2·|η| more on the wrong side of ½. Under equal weights the logarithm is that of a product over the tile.
/// </remarks>
static class ShareRows
{
    const int Lanes = 8;

    /// <summary>Rows whose factors, each at most 2, can't take a lane's product beyond a double.</summary>
    const int ProductRows = 1000 * Lanes;

    /// <summary>As <see cref="RowModel.Fill"/>; h empty where no curvature is asked for.</summary>
    /// <param name="eta">Used up.</param>
    internal static RowSums Fill(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> w,
        Span<double> eta,
        Span<double> mu,
        Span<double> u,
        Span<double> h
    )
    {
        for (var i = 0; i < eta.Length; i++)
            u[i] = -Math.Abs(eta[i]);
        VectorMath.Exp(u, u);
        var isEven = w.Length <= ProductRows && !w.ContainsAnyExcept(w[0]);
        var sums = new LaneSums { Product = Vector512<double>.One };
        var whole = y.Length - y.Length % Lanes;
        AddRows(y[..whole], w[..whole], eta, mu, u, h, ref sums);
        if (whole < y.Length)
            AddLast(y[whole..], w[whole..], eta[whole..], mu[whole..], u[whole..], h.IsEmpty ? h : h[whole..], ref sums);
        return sums.Total(w, eta, isEven);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddRows(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> w,
        Span<double> eta,
        Span<double> mu,
        Span<double> u,
        Span<double> h,
        ref LaneSums sums
    )
    {
        var (zero, one, half) = (Vector512<double>.Zero, Vector512<double>.One, Vector512.Create(0.5));
        var (losses, pearsons, allowed, product) = (sums.Losses, sums.Pearsons, sums.Allowed, sums.Product);
        for (var i = 0; i < y.Length; i += Lanes)
        {
            var (share, weight) = (Vector512.Create(y[i..]), Vector512.Create(w[i..]));
            var (at, small) = (Vector512.Create(eta[i..]), Vector512.Create(u[i..]));
            var whole = one + small;
            var isLow = Vector512.LessThan(at, zero);
            var mean = Vector512.ConditionalSelect(isLow, small, one) / whole;
            var rest = Vector512.ConditionalSelect(isLow, one, small) / whole;
            var slope = mean * rest;
            var isOne = Vector512.Equals(share, one);
            var residual = Vector512.ConditionalSelect(isOne, rest, share - mean);
            mean.CopyTo(mu[i..]);
            (weight * residual).CopyTo(u[i..]);
            if (!h.IsEmpty)
                (weight * slope).CopyTo(h[i..]);
            pearsons += weight * residual * residual / slope;
            var isAllowed = Vector512.GreaterThan(mean, zero) & Vector512.LessThan(mean, one);
            allowed += Vector512.ConditionalSelect(isAllowed, one, zero);
            // Half the deviance: max(−η or η, 0) + ln(1 + e), with what 1 + e lost of e.
            var isEnd = isOne | Vector512.Equals(share, zero);
            var wrong = Vector512.Max(Vector512.ConditionalSelect(isOne, -at, at), zero);
            var lost = small - (whole - one);
            losses += Vector512.ConditionalSelect(isEnd, weight * (wrong + lost), zero);
            var factor = Vector512.ConditionalSelect(isEnd, whole, one);
            product *= factor;
            factor.CopyTo(eta[i..]);
            for (var others = ~isEnd.ExtractMostSignificantBits() & 255; others != 0; others &= others - 1)
            {
                var row = i + BitOperations.TrailingZeroCount(others);
                sums.Deviance += w[row] * default(BinomialFamily).UnitDeviance(y[row], mu[row]);
            }
        }
        (sums.Losses, sums.Pearsons, sums.Allowed, sums.Product) = (losses, pearsons, allowed, product);
    }

    /// <summary>Fewer rows than there are lanes: the others weigh nothing.</summary>
    static void AddLast(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> w,
        Span<double> eta,
        Span<double> mu,
        Span<double> u,
        Span<double> h,
        ref LaneSums sums
    )
    {
        Span<double> room = stackalloc double[6 * Lanes];
        room.Clear();
        Span<double> At(Span<double> all, int part) => all.Slice(part * Lanes, Lanes);
        // A share of ½ takes no part in the product.
        At(room, 0).Fill(0.5);
        At(room, 4).Fill(1);
        y.CopyTo(At(room, 0));
        w.CopyTo(At(room, 1));
        eta.CopyTo(At(room, 2));
        u.CopyTo(At(room, 4));
        AddRows(At(room, 0), At(room, 1), At(room, 2), At(room, 3), At(room, 4), At(room, 5), ref sums);
        At(room, 2)[..y.Length].CopyTo(eta);
        At(room, 3)[..y.Length].CopyTo(mu);
        At(room, 4)[..y.Length].CopyTo(u);
        if (!h.IsEmpty)
            At(room, 5)[..y.Length].CopyTo(h);
        sums.Padding += Lanes - y.Length;
    }

    struct LaneSums
    {
        internal Vector512<double> Losses;
        internal Vector512<double> Pearsons;
        internal Vector512<double> Allowed;
        internal Vector512<double> Product;
        internal double Deviance;
        internal int Padding;

        /// <param name="factors">1 + e of each row, used up.</param>
        /// <param name="isEven">Whether all rows weigh the same.</param>
        internal readonly RowSums Total(ReadOnlySpan<double> w, Span<double> factors, bool isEven)
        {
            var logs = 0.0;
            if (isEven)
            {
                for (var lane = 0; lane < Lanes; lane++)
                    logs += VectorMath.Log(Product[lane]);
                logs *= w[0];
            }
            else
            {
                VectorMath.Log(factors, factors);
                logs = Reduce.Dot(w, factors);
            }
            var outside = w.Length + Padding - (int)Vector512.Sum(Allowed);
            return new(Deviance + 2 * (AddLanes(Losses) + logs), AddLanes(Pearsons), outside);
        }
    }

    /// <summary>In one order on every CPU.</summary>
    internal static double AddLanes(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        return four[0] + four[1] + (four[2] + four[3]);
    }
}

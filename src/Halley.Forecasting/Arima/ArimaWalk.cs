using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Walks from order to order, always to a better neighbour, until none is better.</summary>
/// <remarks>The order in which neighbours are tried is that of R's <c>auto.arima</c>, and so are the four models it starts from.</remarks>
sealed class ArimaWalk
{
    const int Refitted = 3;

    // Changes of (P, Q), then of (p, q).
    static readonly (int Ar, int Ma)[] Moves = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];

    readonly ArimaOptions options;
    readonly ArimaOrder shape;
    readonly bool approximate;
    readonly CancellationToken cancellation;
    readonly ArimaDesign plain;
    readonly ArimaDesign? constant;
    readonly double offset;
    readonly Dictionary<ArimaOrder, double> seen = [];
    ArimaOrder at;
    double lowest = double.PositiveInfinity;
    ArimaCandidate? best;

    internal ArimaWalk(
        TimeSeries series,
        ArimaOrder shape,
        ArimaOptions options,
        bool approximate,
        CancellationToken cancellation
    )
    {
        (this.shape, this.options, this.approximate, this.cancellation) = (shape, options, approximate, cancellation);
        plain = new(series, shape);
        if (shape.D + shape.SeasonalD < 2)
            constant = new(series, shape with { Constant = true });
        IsShort = series.Length < 10;
        if (approximate && ArimaSearch.Fit(plain, shape, conditional: false) is { } white)
            offset = -2 * white.LogLikelihood - white.Used * VectorMath.Log(white.Variance);
    }

    bool IsShort { get; }

    bool IsSeasonal => shape.Season > 1;

    int Highest => IsSeasonal ? Math.Min(options.HighestOrder, shape.Season - 1) : options.HighestOrder;

    int HighestSeasonal => IsSeasonal ? options.HighestSeasonalOrder : 0;

    /// <summary>The best order with its likelihood, or null where none could be fitted.</summary>
    internal ArimaCandidate? Best()
    {
        // 1. Four models to start from, and the plain one without constant.
        var (start, seasonal) = (Math.Min(IsShort ? 1 : 2, Highest), Math.Min(IsShort ? 0 : 1, HighestSeasonal));
        var (low, lowSeasonal) = (Math.Min(1, Highest), Math.Min(1, HighestSeasonal));
        var first = shape with { Constant = constant is not null };
        at = first with { P = start, Q = start, SeasonalP = seasonal, SeasonalQ = seasonal };
        Try(at);
        Try(first);
        Try(first with { P = low, SeasonalP = lowSeasonal });
        Try(first with { Q = low, SeasonalQ = lowSeasonal });
        if (constant is not null)
            Try(shape);
        // 2. Better neighbours, until there is none.
        while (Step()) { }
        // 3. A choice by sums of squares gets its likelihood.
        return approximate ? Likely() : best;
    }

    bool Step()
    {
        foreach (var (ar, ma) in Moves)
        {
            if (IsAllowed(at.SeasonalP + ar, HighestSeasonal) && IsAllowed(at.SeasonalQ + ma, HighestSeasonal))
            {
                if (Try(at with { SeasonalP = at.SeasonalP + ar, SeasonalQ = at.SeasonalQ + ma }))
                    return true;
            }
        }
        foreach (var (ar, ma) in Moves)
        {
            if (IsAllowed(at.P + ar, Highest) && IsAllowed(at.Q + ma, Highest) && Try(at with { P = at.P + ar, Q = at.Q + ma }))
                return true;
        }
        return constant is not null && Try(at with { Constant = !at.Constant });
    }

    static bool IsAllowed(int order, int highest) => order >= 0 && order <= highest;

    /// <summary>Fits an order not seen before; true, and moved there, where it is the best so far.</summary>
    bool Try(ArimaOrder order)
    {
        cancellation.ThrowIfCancellationRequested();
        if (seen.Count >= options.MostModels || seen.ContainsKey(order))
            return false;
        var candidate = ArimaSearch.Fit(order.Constant ? constant! : plain, order, approximate);
        var value =
            candidate is null || !candidate.IsSound ? double.PositiveInfinity
            : approximate ? candidate.ConditionalAicc(offset)
            : candidate.Aicc;
        seen[order] = value;
        if (!(value < lowest))
            return false;
        (best, lowest, at) = (candidate, value, order);
        return true;
    }

    /// <summary>Of the orders, best first, the highest criterion of the first few that are sound.</summary>
    ArimaCandidate? Likely()
    {
        var (sound, winner) = (0, (ArimaCandidate?)null);
        foreach (var (order, value) in seen.OrderBy(pair => pair.Value))
        {
            if (double.IsInfinity(value) || sound == Refitted)
                break;
            var candidate = ArimaSearch.Fit(order.Constant ? constant! : plain, order, conditional: false);
            if (candidate is not { IsSound: true } || !double.IsFinite(candidate.Aicc))
                continue;
            sound++;
            if (winner is null || candidate.Aicc < winner.Aicc)
                winner = candidate;
        }
        return winner;
    }
}

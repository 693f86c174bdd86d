using System.Diagnostics;

namespace Halley.Optimization;

/// <summary>The best relativities of a rate book: profit within limits, under caps, order, smoothness and rounding.</summary>
public static class RateBookOptimizer
{
    const int Steps = 300;
    const int Tightenings = 4;
    const int GridPrices = 201;
    const double FirstRadius = 0.05;
    const double LeastRadius = 1e-7;

    /// <summary>Solves a rate book.</summary>
    /// <remarks>
    /// 1. Successive linear programs with an exact penalty inside a trust region (Fletcher and Sainz de la Maza 1989, Math. Prog. 43,
    /// 235–256) lead to a local best; the rules of the book hold in every step. 2. Relativities are rounded, and moved by single steps of
    /// the rounding while that gains. 3. Where rounding misses a limit, the limit is tightened by what was missed and 1 and 2 done again.
    /// 4. Prices of each policy's own, under the same limits, bound what a book could earn.
    /// </remarks>
    /// <exception cref="HalleyException">HLY2340: the spec; HLY2341: rows.</exception>
    public static RateBookPlan Solve(
        RateBookSpec spec,
        Table table,
        PriceOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (RateBookRules.Validate(spec) is { Count: > 0 } problems)
            OptimizationErrors.ThrowBadOptions("rate book", problems);
        options ??= new();
        if (options.Validate(spec.Portfolio.Limits.Count) is { Count: > 0 } wrong)
            OptimizationErrors.ThrowBadOptions("rate book", wrong);
        var (clock, rows) = (Stopwatch.StartNew(), new RateBookRows(spec, table));
        double[] today = [.. spec.Factors.SelectMany(factor => factor.Levels.Select(level => level.Value))];
        var search = new Search(spec, rows, today, options, clock, cancellation);
        var bounds = (double[])rows.Bounds.Clone();
        var (best, bestMissed) = ((double[]?)null, double.PositiveInfinity);
        for (var round = 0; round < Tightenings; round++)
        {
            progress?.Report(new("rate book", 0.5 * round / Tightenings));
            var book = search.Round(search.Climb(bounds), bounds);
            var missed = search.MissedOf(book, out var by);
            if (missed < bestMissed)
                (best, bestMissed) = (book, missed);
            if (missed <= 0)
                break;
            for (var l = 0; l < bounds.Length; l++)
                bounds[l] -= 1.5 * by[l];
        }
        progress?.Report(new("prices of each policy's own", 0.6));
        return search.ToPlan(best!, IndividualBound(spec, table, options, cancellation));
    }

    static double IndividualBound(RateBookSpec spec, Table table, PriceOptions options, CancellationToken cancellation)
    {
        var portfolio = spec.Portfolio with
        {
            From = spec.Factors.Aggregate(1.0, (range, factor) => range * (1 - factor.Cap)) - 1,
            To = spec.Factors.Aggregate(1.0, (range, factor) => range * (1 + factor.Cap)) - 1,
            Prices = GridPrices,
            Floor = null,
            Ceiling = null,
        };
        var prices = PortfolioPrices.Of(portfolio, table, options.Threads);
        var result = PriceOptimizer.Solve(
            prices.Problem,
            options with
            {
                TargetGap = 1e-3,
                Start = null,
                StartPlan = null,
            },
            null,
            cancellation
        );
        return result.Clash is null ? prices.Money(result.Bound) : double.NaN;
    }

    /// <summary>The search's state.</summary>
    sealed class Search(
        RateBookSpec spec,
        RateBookRows rows,
        double[] today,
        PriceOptions options,
        Stopwatch clock,
        CancellationToken cancellation
    )
    {
        readonly double[] _lower = [.. spec.Factors.SelectMany(factor => factor.Levels.Select(_ => Math.Log(1 - factor.Cap)))];
        readonly double[] _upper = [.. spec.Factors.SelectMany(factor => factor.Levels.Select(_ => Math.Log(1 + factor.Cap)))];
        double[]? _penalty;

        bool IsOver => clock.Elapsed > options.TimeLimit || cancellation.IsCancellationRequested;

        /// <summary>Moves, as logarithms of relativity over today's, from today to a local best.</summary>
        internal double[] Climb(double[] bounds)
        {
            var step = new RateBookStep(spec, _lower, _upper);
            var at = new double[today.Length];
            var (figures, slopes) = rows.Evaluate(at, options.Threads);
            _penalty ??= Penalties(slopes);
            var radius = FirstRadius;
            for (var i = 0; i < Steps && radius > LeastRadius && !IsOver; i++)
            {
                if (step.Solve(at, figures, slopes, bounds, _penalty, radius) is not { } proposal)
                    return at;
                if (proposal.Promised <= 1e-10 * Math.Abs(figures[0]))
                    break;
                var (next, nextSlopes) = rows.Evaluate(proposal.Moves, options.Threads);
                var gained = Merit(next, bounds) - Merit(figures, bounds);
                if (gained > 0 || i == 0 && gained > -proposal.Promised)
                    (at, figures, slopes) = (proposal.Moves, next, nextSlopes);
                radius *=
                    gained > 0.75 * proposal.Promised ? 2
                    : gained > 0.25 * proposal.Promised ? 1
                    : 0.5;
            }
            return at;
        }

        /// <summary>Rounded relativities, moved step by step while profit less penalties grows.</summary>
        internal double[] Round(double[] moves, double[] bounds)
        {
            const int Sweeps = 4;
            double[] book = [.. moves.Select((move, l) => today[l] * Math.Exp(move))];
            if (spec.Rounding == 0)
                return book;
            for (var l = 0; l < book.Length; l++)
                book[l] = Nearest(book[l], l);
            var merit = Merit(rows.Evaluate(Moves(book), options.Threads).Figures, bounds);
            var broken = RateBookRules.Broken(spec, book).Count;
            for (var (sweep, hasMoved) = (0, true); sweep < Sweeps && hasMoved && !IsOver; sweep++)
            {
                hasMoved = false;
                for (var l = 0; l < book.Length; l++)
                {
                    foreach (var direction in new[] { -spec.Rounding, spec.Rounding })
                    {
                        var (before, after) = (book[l], Multiple(book[l] + direction));
                        if (after <= 0 || Math.Abs(after / today[l] - 1) > CapOf(l) + 1e-9)
                            continue;
                        book[l] = after;
                        var rules = RateBookRules.Broken(spec, book).Count;
                        var moved =
                            rules > broken
                                ? double.NegativeInfinity
                                : Merit(rows.Evaluate(Moves(book), options.Threads).Figures, bounds);
                        if (rules < broken || moved > merit)
                            (merit, broken, hasMoved) = (moved, rules, true);
                        else
                            book[l] = before;
                    }
                }
            }
            return book;
        }

        /// <summary>What a book misses of the limits as they were asked for, weighed by the penalties, and of each.</summary>
        internal double MissedOf(double[] book, out double[] by)
        {
            var figures = rows.Evaluate(Moves(book), options.Threads).Figures;
            by = [.. rows.Bounds.Select((bound, l) => Math.Max(0, figures[1 + l] - bound - 1e-9 * Math.Max(1, Math.Abs(bound))))];
            return by.Select((missed, l) => missed * _penalty![l]).Sum();
        }

        internal RateBookPlan ToPlan(double[] book, double individualBound)
        {
            var figures = rows.Evaluate(Moves(book), options.Threads).Figures;
            var missed = MissedOf(book, out var by);
            var (levels, l) = (new List<RateLevel>(), 0);
            foreach (var factor in spec.Factors)
                levels.AddRange(factor.Levels.Select(level => new RateLevel(factor.Column, level.Key, level.Value, book[l++])));
            return new()
            {
                Levels = levels,
                IsWithinLimits = missed <= 0,
                Profit = figures[0],
                ProfitToday = rows.Evaluate(new double[today.Length], options.Threads).Figures[0],
                IndividualBound = individualBound,
                Limits =
                [
                    .. spec.Portfolio.Limits.Select(
                        (limit, at) => (limit.Name, figures[1 + at] / rows.Scales[at], by[at] / Math.Abs(rows.Scales[at]))
                    ),
                ],
                Broken = RateBookRules.Broken(spec, book),
            };
        }

        double[] Moves(double[] book) => [.. book.Select((value, l) => Math.Log(value / today[l]))];

        double Merit(double[] figures, double[] bounds)
        {
            var merit = figures[0];
            for (var l = 0; l < bounds.Length; l++)
                merit -= _penalty![l] * Math.Max(0, figures[1 + l] - bounds[l]);
            return merit;
        }

        /// <summary>A limit missed by what one step moves it costs far more than the step can gain.</summary>
        static double[] Penalties(double[,] slopes)
        {
            double Size(int figure) =>
                Math.Sqrt(Enumerable.Range(0, slopes.GetLength(1)).Sum(l => slopes[figure, l] * slopes[figure, l]));
            return
            [
                .. Enumerable.Range(1, slopes.GetLength(0) - 1).Select(figure => 30 * Size(0) / Math.Max(1e-12, Size(figure))),
            ];
        }

        double CapOf(int level)
        {
            foreach (var factor in spec.Factors)
            {
                if (level < factor.Levels.Count)
                    return factor.Cap;
                level -= factor.Levels.Count;
            }
            return 0;
        }

        double Multiple(double value) => Math.Round(Math.Round(value / spec.Rounding) * spec.Rounding, 10);

        /// <summary>The nearest multiple within the cap; today's relativity where no multiple is.</summary>
        double Nearest(double value, int level)
        {
            foreach (var candidate in new[] { Multiple(value), Multiple(value - spec.Rounding), Multiple(value + spec.Rounding) })
            {
                if (candidate > 0 && Math.Abs(candidate / today[level] - 1) <= CapOf(level) + 1e-9)
                    return candidate;
            }
            return today[level];
        }
    }
}

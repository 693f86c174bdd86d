using Halley.Kernels;

namespace Halley.Optimization;

/// <summary>What a rate book does to a portfolio: profit, limits, and their slopes in the logarithms of the relativities.</summary>
/// <remarks>
/// price = price of today · Π new relativity / old relativity; chance as in <see cref="PortfolioMenu"/>. With z = log of the price's factor:
/// d price/dz = price, d chance/dz = −b · price/today · chance · (1 − chance).
/// </remarks>
sealed class RateBookRows
{
    readonly PortfolioRows _rows;
    readonly int[][] _levelOf;
    readonly ushort[] _classes;
    readonly IReadOnlyList<PortfolioLimit> _limits;

    internal RateBookRows(RateBookSpec spec, Table table)
    {
        _rows = new PortfolioRows(spec.Portfolio, table);
        var rules = new PortfolioRules(spec.Portfolio, _rows, table);
        _classes = rules.Classes;
        _levelOf = [.. LevelsOf(spec, table)];
        LevelCount = spec.Factors.Sum(factor => factor.Levels.Count);
        // One policy of each class is enough for the limits' shapes; nothing is rounded here: a unit of money is one.
        var shape = PriceMenus.Fill(_rows.Count, 1, PortfolioMenu.Measures, _classes, (_, menu) => menu.Clear());
        var limits = rules.Limits(shape, 1);
        _limits = [.. limits.Select(one => one.Limit)];
        Bounds = [.. _limits.Select(limit => limit.Bound)];
        Scales = [.. limits.Select(one => one.Scale)];
    }

    internal int LevelCount { get; }

    internal int Count => _rows.Count;

    internal double[] Bounds { get; }

    internal double[] Scales { get; }

    /// <summary>Profit, use of each limit, and their slopes, shape (1 + limits, levels), at logarithms of relativities over those of today.</summary>
    internal (double[] Figures, double[,] Slopes) Evaluate(double[] moves, int threads)
    {
        var (width, levels) = (1 + _limits.Count, LevelCount);
        var sums = new double[width * (1 + levels)];
        RowBlocks.Accumulate(
            _rows.Count,
            threads,
            sums,
            (block, partial) =>
            {
                var (measures, slopes) = (new double[PortfolioMenu.Measures.Length], new double[PortfolioMenu.Measures.Length]);
                for (var row = block.Start; row < block.End; row++)
                {
                    Measure(row, moves, measures, slopes);
                    for (var figure = 0; figure < width; figure++)
                    {
                        var (value, slope) =
                            figure == 0 ? (measures[0], slopes[0]) : Weigh(_limits[figure - 1], row, measures, slopes);
                        partial[figure] += value;
                        var start = width + figure * levels;
                        foreach (var levelOf in _levelOf)
                            partial[start + levelOf[row]] += slope;
                    }
                }
            }
        );
        var table = new double[width, levels];
        Buffer.BlockCopy(sums, width * sizeof(double), table, 0, table.Length * sizeof(double));
        return (sums[..width], table);
    }

    void Measure(int row, double[] moves, double[] measures, double[] slopes)
    {
        var z = 0.0;
        foreach (var levelOf in _levelOf)
            z += moves[levelOf[row]];
        var (today, cost) = (_rows.Premium[row], _rows.Cost[row]);
        var price = today * Math.Exp(z);
        var chance = PortfolioMenu.ChanceAt(_rows, row, price, 1);
        var fall = -_rows.Slope[row] * price / today * chance * (1 - chance);
        measures[PortfolioMenu.Kept] = PortfolioMenu.KeptUnit * chance;
        measures[PortfolioMenu.Premium] = chance * price;
        measures[PortfolioMenu.Cost] = chance * cost;
        measures[PortfolioMenu.Change] = price - today;
        measures[0] = chance * (price - cost);
        slopes[PortfolioMenu.Kept] = PortfolioMenu.KeptUnit * fall;
        slopes[PortfolioMenu.Premium] = fall * price + chance * price;
        slopes[PortfolioMenu.Cost] = fall * cost;
        slopes[PortfolioMenu.Change] = price;
        slopes[0] = slopes[PortfolioMenu.Premium] - slopes[PortfolioMenu.Cost];
    }

    (double Value, double Slope) Weigh(PortfolioLimit limit, int row, double[] measures, double[] slopes)
    {
        var (value, slope) = (0.0, 0.0);
        for (var measure = 0; measure < measures.Length; measure++)
        {
            var coefficient = limit.Coefficients[_classes[row], measure];
            value += coefficient * measures[measure];
            slope += coefficient * slopes[measure];
        }
        return (value, slope);
    }

    static IEnumerable<int[]> LevelsOf(RateBookSpec spec, Table table)
    {
        var (start, problems) = (0, new List<string>());
        foreach (var factor in spec.Factors)
        {
            var (column, first) = (table[factor.Column], start);
            var index = factor
                .Levels.Select((level, l) => (level.Key, l))
                .ToDictionary(one => one.Key, one => first + one.l, StringComparer.Ordinal);
            var levelOf = new int[table.RowCount];
            for (var row = 0; row < levelOf.Length; row++)
            {
                if (!index.TryGetValue(column.TextAt(row) ?? "", out levelOf[row]) && problems.Count < 10)
                    problems.Add(
                        $"row {row + 1}, column '{factor.Column}': the rate book has no level '{column.TextAt(row)}'. Levels: {string.Join(", ", factor.Levels.Select(level => level.Key))}."
                    );
            }
            start += factor.Levels.Count;
            yield return levelOf;
        }
        if (problems.Count > 0)
            OptimizationErrors.ThrowBadRows($"portfolio '{spec.Portfolio.Portfolio}'", problems);
    }
}

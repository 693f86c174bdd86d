using Halley.Kernels;

namespace Halley.Optimization;

/// <summary>Evaluates the Lagrangian dual of a price problem: one pass over the menus, on several threads.</summary>
/// <remarks>
/// The dual is piecewise linear, but with many policies it is nearly smooth. Around the best option k of a menu the score is close to a
/// parabola in k with curvature c = −(s₊ − 2s₀ + s₋); a change of the multipliers moves its top by −a′/c, where a′ is the slope of a measure.
/// So Σ a′a′ᵀ/c estimates the dual's Hessian from the same pass. It only proposes steps: values and subgradients are those of real plans.
/// </remarks>
/// <param name="profitWeight">1 to optimise; 0 to look only at the limits.</param>
sealed class DualEvaluator(PriceProblem problem, double profitWeight, int threads, CancellationToken cancellation)
{
    // The Hessian is an estimate; a sixteenth of a large portfolio gives it well enough.
    const int SampledAbove = 50_000;
    const int SampleStride = 16;

    readonly PriceMenus _menus = problem.Menus;
    readonly int _measures = problem.Menus.Measures.Count;

    internal PriceProblem Problem => problem;

    /// <summary>Passes made so far.</summary>
    internal int Count { get; private set; }

    /// <summary>The dual at <paramref name="multipliers"/>.</summary>
    /// <param name="plan">Receives the best option of every policy, where given.</param>
    /// <param name="regret">Receives by how much the next best neighbour in the menu is worse, where given.</param>
    internal DualPoint Evaluate(double[] multipliers, bool withCurvature = false, ushort[]? plan = null, float[]? regret = null)
    {
        Count++;
        var weights = WeightsOf(multipliers);
        var (classes, inner) = (_menus.ClassCount, _measures - 1);
        var sums = new double[classes * _measures + (withCurvature ? classes * inner * inner : 0)];
        var stride = withCurvature && _menus.PolicyCount > SampledAbove ? SampleStride : 1;
        RowBlocks.Accumulate(
            _menus.PolicyCount,
            threads,
            sums,
            (block, partial) =>
            {
                var (laneWeights, best) = (new float[_measures * MenuTiles.Lanes], new int[MenuTiles.Lanes]);
                for (var start = block.Start; start < block.End; start += MenuTiles.Lanes)
                {
                    var tile = _menus.Tile(start / MenuTiles.Lanes);
                    var count = Math.Min(MenuTiles.Lanes, block.End - start);
                    Spread(weights, start, count, laneWeights);
                    MenuTiles.FindBest(tile, _menus.OptionCount, _measures, laneWeights, best);
                    AddTotals(tile, start, best.AsSpan(0, count), partial);
                    if (withCurvature && start / MenuTiles.Lanes % stride == 0)
                        AddCurvature(tile, start, best.AsSpan(0, count), weights, partial[(classes * _measures)..]);
                    for (var lane = 0; lane < count && plan is not null; lane++)
                        plan[start + lane] = (ushort)best[lane];
                    for (var lane = 0; lane < count && regret is not null; lane++)
                        regret[start + lane] = (float)RegretOf(tile, start, lane, best[lane], weights);
                }
            },
            cancellation
        );
        return ToPoint(multipliers, sums, withCurvature, stride);
    }

    /// <summary>The dual in double precision: an upper bound of every plan's profit, whatever single precision chose.</summary>
    internal double Bound(double[] multipliers)
    {
        var weights = WeightsOf(multipliers);
        var sum = RowBlocks.Sum(
            _menus.PolicyCount,
            threads,
            block =>
            {
                var (total, top) = (0.0, new double[MenuTiles.Lanes]);
                var laneWeights = new double[_measures * MenuTiles.Lanes];
                for (var start = block.Start; start < block.End; start += MenuTiles.Lanes)
                {
                    var count = Math.Min(MenuTiles.Lanes, block.End - start);
                    for (var lane = 0; lane < count; lane++)
                    {
                        var one = _menus.ClassOf(start + lane);
                        for (var measure = 0; measure < _measures; measure++)
                            laneWeights[measure * MenuTiles.Lanes + lane] = weights[one, measure];
                    }
                    MenuTiles.FindTop(_menus.Tile(start / MenuTiles.Lanes), _menus.OptionCount, _measures, laneWeights, top);
                    for (var lane = 0; lane < count; lane++)
                        total += top[lane];
                }
                return total;
            },
            cancellation
        );
        for (var limit = 0; limit < problem.LimitCount; limit++)
            sum += multipliers[limit] * problem.Bounds[limit];
        return sum;
    }

    /// <summary>Weight of every measure by class: profit as it is, each limit's part times minus its multiplier.</summary>
    double[,] WeightsOf(double[] multipliers)
    {
        var weights = new double[_menus.ClassCount, _measures];
        for (var one = 0; one < _menus.ClassCount; one++)
        {
            weights[one, 0] = profitWeight;
            for (var measure = 0; measure < _measures; measure++)
            {
                for (var limit = 0; limit < problem.LimitCount; limit++)
                    weights[one, measure] -= multipliers[limit] * problem.Limits[limit].Coefficients[one, measure];
            }
        }
        return weights;
    }

    void Spread(double[,] weights, int start, int count, float[] laneWeights)
    {
        for (var lane = 0; lane < count; lane++)
        {
            var one = _menus.ClassOf(start + lane);
            for (var measure = 0; measure < _measures; measure++)
                laneWeights[measure * MenuTiles.Lanes + lane] = (float)weights[one, measure];
        }
    }

    void AddTotals(ReadOnlySpan<float> tile, int start, ReadOnlySpan<int> best, Span<double> totals)
    {
        for (var lane = 0; lane < best.Length; lane++)
        {
            var (row, cell) = (_menus.ClassOf(start + lane) * _measures, MenuTiles.CellOf(best[lane], 0, _measures, lane));
            for (var measure = 0; measure < _measures; measure++)
                totals[row + measure] += tile[cell + measure * MenuTiles.Lanes];
        }
    }

    void AddCurvature(ReadOnlySpan<float> tile, int start, ReadOnlySpan<int> best, double[,] weights, Span<double> curvature)
    {
        var inner = _measures - 1;
        for (var lane = 0; lane < best.Length; lane++)
        {
            var option = best[lane];
            if (option == 0 || option == _menus.OptionCount - 1)
                continue;
            var one = _menus.ClassOf(start + lane);
            var bend =
                2 * Score(tile, option, lane, weights, one)
                - Score(tile, option - 1, lane, weights, one)
                - Score(tile, option + 1, lane, weights, one);
            if (!(bend > 0))
                continue;
            var cell = MenuTiles.CellOf(option, 1, _measures, lane);
            var step = _measures * MenuTiles.Lanes;
            for (var a = 0; a < inner; a++)
            {
                var (at, row) = (cell + a * MenuTiles.Lanes, (one * inner + a) * inner);
                var slope = (tile[at + step] - tile[at - step]) / (4 * bend);
                for (var b = 0; b < inner; b++)
                {
                    var other = cell + b * MenuTiles.Lanes;
                    curvature[row + b] += slope * (tile[other + step] - tile[other - step]);
                }
            }
        }
    }

    double RegretOf(ReadOnlySpan<float> tile, int start, int lane, int option, double[,] weights)
    {
        var one = _menus.ClassOf(start + lane);
        var (low, high) = _menus.AllowedOf(start + lane);
        option = Math.Clamp(option, low, high);
        var score = Score(tile, option, lane, weights, one);
        var below = option > low ? score - Score(tile, option - 1, lane, weights, one) : double.PositiveInfinity;
        var above = option < high ? score - Score(tile, option + 1, lane, weights, one) : double.PositiveInfinity;
        return Math.Min(below, above);
    }

    double Score(ReadOnlySpan<float> tile, int option, int lane, double[,] weights, int one)
    {
        var (score, cell) = (0.0, MenuTiles.CellOf(option, 0, _measures, lane));
        for (var measure = 0; measure < _measures; measure++)
            score += weights[one, measure] * tile[cell + measure * MenuTiles.Lanes];
        return score;
    }

    /// <summary>An option's score under multipliers.</summary>
    internal double ScoreOf(double[] multipliers, int policy, int option)
    {
        var score = profitWeight * _menus.Cell(policy, option, 0);
        for (var limit = 0; limit < problem.LimitCount; limit++)
            score -= multipliers[limit] * problem.Use(limit, policy, option);
        return score;
    }

    DualPoint ToPoint(double[] multipliers, double[] sums, bool withCurvature, int stride)
    {
        var (classes, inner) = (_menus.ClassCount, _measures - 1);
        var totals = new double[classes, _measures];
        Buffer.BlockCopy(sums, 0, totals, 0, totals.Length * sizeof(double));
        var (profit, use) = problem.Weigh(totals);
        var value = profitWeight * profit;
        for (var limit = 0; limit < use.Length; limit++)
            value += multipliers[limit] * (problem.Bounds[limit] - use[limit]);
        if (!withCurvature)
            return new(multipliers, value, profit, use, null);
        var curvature = new double[use.Length, use.Length];
        for (var first = 0; first < use.Length; first++)
        {
            for (var second = 0; second < use.Length; second++)
            {
                for (var one = 0; one < classes; one++)
                {
                    for (var a = 0; a < inner; a++)
                    {
                        for (var b = 0; b < inner; b++)
                            curvature[first, second] +=
                                stride
                                * problem.Limits[first].Coefficients[one, a + 1]
                                * problem.Limits[second].Coefficients[one, b + 1]
                                * sums[classes * _measures + (one * inner + a) * inner + b];
                    }
                }
            }
        }
        return new(multipliers, value, profit, use, curvature);
    }
}

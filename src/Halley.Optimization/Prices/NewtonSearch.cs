namespace Halley.Optimization;

/// <summary>Minimises the dual of a large portfolio in a few passes: Newton steps on its smooth picture, with multipliers kept from 0 up.</summary>
/// <remarks>
/// The model g·d + ½dᵀHd uses the curvature that <see cref="DualEvaluator"/> estimates; a step that does not lower the dual is shortened,
/// and the damping of the model grows. Ends when the model promises less than a share of the value, or steps gain nothing.
/// </remarks>
/// <param name="scales">A typical size of each multiplier.</param>
sealed class NewtonSearch(DualEvaluator evaluator, double[] scales)
{
    const double PromisedShare = 1e-9;
    const int Failures = 6;

    internal DualPoint Minimise(double[] start, int maximumPasses)
    {
        var best = evaluator.Evaluate(start, withCurvature: true);
        var (damping, failures) = (0.0, 0);
        for (var pass = 1; pass < maximumPasses && failures < Failures; pass++)
        {
            var slope = evaluator.Problem.Bounds.Select((bound, l) => bound - best.Use[l]).ToArray();
            var step = Step(best, slope, damping, out var promised);
            if (promised <= PromisedShare * Math.Abs(best.Value))
                return best;
            var point = evaluator.Evaluate([.. best.Multipliers.Select((m, l) => Math.Max(0, m + step[l]))], withCurvature: true);
            var gained = best.Value - point.Value;
            if (gained < 0.25 * promised)
                damping = Math.Max(0.01, 4 * damping);
            else if (gained > 0.75 * promised)
                damping = damping < 0.02 ? 0 : damping / 4;
            if (gained > 0)
                (best, failures) = (point, 0);
            else
                failures++;
        }
        return best;
    }

    /// <summary>The step that minimises the damped model under λ + d ≥ 0, by sweeps over the coordinates, and what it promises to gain.</summary>
    double[] Step(DualPoint at, double[] slope, double damping, out double promised)
    {
        const int Sweeps = 200;
        var (count, h) = (slope.Length, at.Curvature!);
        var (step, diagonal) = (new double[count], new double[count]);
        for (var l = 0; l < count; l++)
        {
            // Where no policy answers, the typical size of the multiplier keeps the step finite.
            var least = 1e-6 * Math.Abs(at.Value) / (scales[l] * scales[l]);
            diagonal[l] = Math.Max(h[l, l] * (1 + damping), least);
        }
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var l = 0; l < count; l++)
            {
                var pull = slope[l];
                for (var other = 0; other < count; other++)
                {
                    if (other != l)
                        pull += h[l, other] * step[other];
                }
                step[l] = Math.Max(-at.Multipliers[l], -pull / diagonal[l]);
            }
        }
        promised = 0;
        for (var l = 0; l < count; l++)
        {
            promised -= step[l] * (slope[l] + 0.5 * diagonal[l] * step[l]);
            for (var other = 0; other < l; other++)
                promised -= step[l] * h[l, other] * step[other];
        }
        return step;
    }
}

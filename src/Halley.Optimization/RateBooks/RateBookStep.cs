using Google.OrTools.LinearSolver;

namespace Halley.Optimization;

/// <summary>One step of the rate book: the linear program around a point, with the book's own rules exactly.</summary>
/// <param name="lower">Least logarithms of relativity over that of today, by level.</param>
/// <param name="upper">Largest ones.</param>
sealed class RateBookStep(RateBookSpec spec, double[] lower, double[] upper)
{
    /// <summary>The best point within a radius: profit less <paramref name="penalty"/> times what limits are missed by.</summary>
    /// <returns>The point, and what the linear picture promises; null where the program failed.</returns>
    internal (double[] Moves, double Promised)? Solve(
        double[] at,
        double[] figures,
        double[,] slopes,
        double[] bounds,
        double[] penalty,
        double radius
    )
    {
        using var solver = Solver.CreateSolver("GLOP");
        var objective = solver.Objective();
        objective.SetMaximization();
        var levels = at.Select(
                (move, l) => solver.MakeNumVar(Math.Max(lower[l], move - radius), Math.Min(upper[l], move + radius), "")
            )
            .ToArray();
        for (var l = 0; l < levels.Length; l++)
            objective.SetCoefficient(levels[l], slopes[0, l]);
        for (var limit = 0; limit < bounds.Length; limit++)
        {
            var room = bounds[limit] - figures[1 + limit];
            for (var l = 0; l < levels.Length; l++)
                room += slopes[1 + limit, l] * at[l];
            // Scaled, so that the solver's tolerances mean the same for every limit.
            var row = solver.MakeConstraint(double.NegativeInfinity, room * penalty[limit]);
            for (var l = 0; l < levels.Length; l++)
                row.SetCoefficient(levels[l], slopes[1 + limit, l] * penalty[limit]);
            var missed = solver.MakeNumVar(0, double.PositiveInfinity, "");
            row.SetCoefficient(missed, -1);
            objective.SetCoefficient(missed, -1);
        }
        AddRules(solver, levels);
        if (solver.Solve() is not (Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE))
            return null;
        var moves = levels.Select(level => level.SolutionValue()).ToArray();
        var now = 0.0;
        for (var limit = 0; limit < bounds.Length; limit++)
            now += penalty[limit] * Math.Max(0, figures[1 + limit] - bounds[limit]);
        var promised = objective.Value() + now;
        for (var l = 0; l < levels.Length; l++)
            promised -= slopes[0, l] * at[l];
        return (moves, promised);
    }

    /// <summary>Order and smoothness of neighbouring levels, in logarithms: log today + move.</summary>
    void AddRules(Solver solver, Variable[] levels)
    {
        var start = 0;
        foreach (var factor in spec.Factors)
        {
            for (var l = 1; l < factor.Levels.Count; l++)
            {
                var today = Math.Log(factor.Levels[l].Value / factor.Levels[l - 1].Value);
                var (low, high) = RateBookRules.Step(factor);
                var row = solver.MakeConstraint(low - today, high - today);
                row.SetCoefficient(levels[start + l], 1);
                row.SetCoefficient(levels[start + l - 1], -1);
            }
            start += factor.Levels.Count;
        }
    }
}

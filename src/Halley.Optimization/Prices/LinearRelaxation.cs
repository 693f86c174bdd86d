using Google.OrTools.LinearSolver;

namespace Halley.Optimization;

/// <summary>Multipliers of a small problem with many limits, from its linear relaxation; cutting planes need too many passes there.</summary>
static class LinearRelaxation
{
    /// <summary>Policies × options up to which the program is solved.</summary>
    internal const int LargestSize = 60_000;

    /// <summary>Null where the relaxation has no solution.</summary>
    internal static double[]? Multipliers(PriceProblem problem)
    {
        using var solver = Solver.CreateSolver("GLOP");
        var menus = problem.Menus;
        Constraint[] limits = [.. problem.Bounds.Select(bound => solver.MakeConstraint(double.NegativeInfinity, bound))];
        var profit = solver.Objective();
        for (var policy = 0; policy < menus.PolicyCount; policy++)
        {
            var one = solver.MakeConstraint(1, 1);
            var (low, high) = menus.AllowedOf(policy);
            for (var option = low; option <= high; option++)
            {
                var share = solver.MakeNumVar(0, double.PositiveInfinity, "");
                one.SetCoefficient(share, 1);
                profit.SetCoefficient(share, menus.Cell(policy, option, 0));
                for (var l = 0; l < limits.Length; l++)
                {
                    if (problem.Use(l, policy, option) is not 0 and var use)
                        limits[l].SetCoefficient(share, use);
                }
            }
        }
        profit.SetMaximization();
        return solver.Solve() == Solver.ResultStatus.OPTIMAL ? [.. limits.Select(limit => Math.Max(0, limit.DualValue()))] : null;
    }
}

using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Residuals and influence.</summary>
public sealed partial class GlmInference
{
    /// <summary>Residuals of every kind, leverage and influence of each row.</summary>
    public RowDiagnostics Diagnostics()
    {
        var (own, problem, n) = (quantities.Value, Problem, Problem.RowCount);
        var anscombe = problem.Family.Accept(new AnscombeScale());
        double[] Each(Func<int, double> rule) => [.. Enumerable.Range(0, n).Select(rule)];
        double Residual(int row) => problem.Target[row] - own.Mean[row];
        var deviance = Each(row =>
            Math.CopySign(
                Math.Sqrt(problem.Weight[row] * problem.Family.UnitDeviance(problem.Target[row], own.Mean[row])),
                Residual(row)
            )
        );
        var pearson = Each(row => Residual(row) * Math.Sqrt(problem.Weight[row] / problem.Family.Variance(own.Mean[row])));
        double Free(int row) => 1 - own.Leverage[row];
        var scale = Math.Sqrt(Dispersion);
        // Spread of the deviance residuals without the row, as R's lm.influence has it for a GLM.
        var squares = deviance.Sum(value => value * value);
        var without = Each(row => Math.Sqrt((squares - deviance[row] * deviance[row] / Free(row)) / (ResidualDegrees - 1)));
        return new()
        {
            Row = rows.Originals ?? [.. Enumerable.Range(0, n)],
            Eta = own.Eta,
            Mean = own.Mean,
            WorkingWeight = own.Curvature,
            Leverage = own.Leverage,
            Response = Each(Residual),
            Pearson = pearson,
            Deviance = deviance,
            Working = Each(row => Residual(row) / problem.Link.InverseDerivative(own.Eta[row])),
            Anscombe = Each(row => Math.Sqrt(problem.Weight[row]) * anscombe(problem.Target[row], own.Mean[row])),
            StandardisedPearson = Each(row => pearson[row] / (scale * Math.Sqrt(Free(row)))),
            StandardisedDeviance = Each(row => deviance[row] / (scale * Math.Sqrt(Free(row)))),
            Studentised = Each(row =>
                Math.CopySign(
                    Math.Sqrt(deviance[row] * deviance[row] + own.Leverage[row] * pearson[row] * pearson[row] / Free(row)),
                    deviance[row]
                ) / (problem.Family.FixedDispersion ? 1 : without[row])
            ),
            CooksDistance = Each(row =>
                Math.Pow(pearson[row] / Free(row), 2) * own.Leverage[row] / (Dispersion * solution.EffectiveDegrees)
            ),
            Dffits = Each(row => deviance[row] * Math.Sqrt(own.Leverage[row]) / (without[row] * Free(row))),
        };
    }

    /// <summary>Residuals of single rows say little about claims: rows are sorted by fitted mean and taken together in groups of equal weight.</summary>
    /// <remarks>Each group's residual is (Σ w·y − Σ w·μ)/√(φ·Σ w·V): about standard normal under the model.</remarks>
    /// <param name="groupCount">Number of groups; fewer where there are fewer rows.</param>
    public IReadOnlyList<CrunchedResidual> CrunchedResiduals(int groupCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupCount);
        var (own, problem) = (quantities.Value, Problem);
        // The mean a year, not over the row's own time at risk: the row's offset is taken out.
        double[] keys = [.. own.Eta.Select((eta, row) => eta - problem.Offset[row])];
        int[] order = [.. Enumerable.Range(0, keys.Length).OrderBy(row => keys[row])];
        var (total, group, groupOf, upTo) = (rows.Size.Sum(), 0, new int[keys.Length], 0.0);
        for (var end = 0; end < order.Length; end++)
        {
            groupOf[order[end]] = group;
            upTo += rows.Size[order[end]];
            if (end + 1 < order.Length && upTo >= total * (group + 1) / groupCount)
                group++;
        }
        return Crunched(groupOf, group + 1);
    }

    /// <summary>Residuals of rows taken together as the caller groups them, such as by the levels of a factor.</summary>
    /// <param name="groupOf">Group of each row of the learn table, 0 … <paramref name="groupCount"/> − 1; negative ones are left out.</param>
    public IReadOnlyList<CrunchedResidual> CrunchedResiduals(IReadOnlyList<int> groupOf, int groupCount) =>
        Crunched(rows.Originals is { } originals ? [.. originals.Select(row => groupOf[row])] : [.. groupOf], groupCount);

    IReadOnlyList<CrunchedResidual> Crunched(int[] groupOf, int groupCount)
    {
        var (own, problem) = (quantities.Value, Problem);
        var groups = Metrics.ResidualsByGroup(
            problem.Family,
            problem.Target,
            own.Mean,
            problem.Weight,
            rows.Size,
            groupOf,
            groupCount,
            Dispersion
        );
        return
        [
            .. groups.Select(group => new CrunchedResidual(
                group.RowCount,
                group.Size,
                group.Observed,
                group.Fitted,
                group.Residual
            )),
        ];
    }
}

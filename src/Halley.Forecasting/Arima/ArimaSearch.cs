namespace Halley.Forecasting;

/// <summary>Finds the coefficients of greatest likelihood of one order.</summary>
static class ArimaSearch
{
    static readonly MinimiserOptions Rough = new() { MaximumSteps = 50, Tolerance = 1e-4 };
    static readonly MinimiserOptions Fine = new() { MaximumSteps = 100, Tolerance = 1e-7 };

    // Starts (φ, θ, Φ, Θ) in variables: no dependence, then what ends in other valleys.
    static readonly double[][] Others =
    [
        [0, 0, 0, 0],
        [0.5, 0.5, 0, -1],
        [-0.5, 1, 0.5, -0.5],
        [1, -0.5, 0, 0],
        [1, 1, -0.5, -1],
        [2, 2, 0.5, -1],
        [1.5, 2, 0.5, -2],
    ];

    // Later partial autocorrelations of φ are the smaller ones.
    const double Fall = 1;

    /// <summary>The fit from the least conditional sum of squares on, or null where the series is too short for the order.</summary>
    /// <param name="conditional">Stop at the conditional sum of squares.</param>
    /// <param name="thorough">Start from no dependence and from strong dependence as well, and keep the highest.</param>
    internal static ArimaCandidate? Fit(ArimaDesign design, ArimaOrder order, bool conditional, bool thorough = false)
    {
        if (design.Used <= order.Coefficients + design.ColumnCount + 1 || design.Target.Length <= order.ArLength + 1)
            return null;
        var rough = new ArimaObjective(order, new ConditionalSquares(design));
        var x = QuasiNewton.Minimise(rough, new double[order.Coefficients], Rough).X;
        var objective = conditional ? rough : new ArimaObjective(order, Exact(design, order));
        if (!conditional)
            x = Lowest(order, objective, x, thorough);
        return double.IsFinite(objective.Value(x)) ? Candidate(design, order, objective, objective.Decode(x)) : null;
    }

    /// <summary>The model at given coefficients of lags, constant and regressors at their best.</summary>
    internal static ArimaCandidate? At(ArimaDesign design, ArimaOrder order, ArimaCoefficients coefficients)
    {
        var objective = new ArimaObjective(order, Exact(design, order));
        return double.IsFinite(objective.Value(coefficients)) ? Candidate(design, order, objective, coefficients) : null;
    }

    internal static ArimaLikelihood Exact(ArimaDesign design, ArimaOrder order) =>
        design.HasGaps ? new GappedLikelihood(design, order) : new ExactLikelihood(design, order);

    static double[] Lowest(ArimaOrder order, ArimaObjective objective, double[] start, bool thorough)
    {
        // A start on the edge of the domain is flat in every direction.
        for (var i = 0; i < start.Length; i++)
            start[i] = Math.Clamp(start[i], -3, 3);
        var (best, lowest, _) = QuasiNewton.Minimise(objective, start, Fine);
        if (double.IsFinite(lowest) && !thorough)
            return best;
        foreach (var other in Others.Take(thorough ? Others.Length : 1).Select(one => Spread(order, one)))
        {
            var (x, value, _) = QuasiNewton.Minimise(objective, other, Fine);
            if (value < lowest)
                (best, lowest) = (x, value);
        }
        return best;
    }

    static double[] Spread(ArimaOrder order, double[] parts) =>
        [
            .. Enumerable.Range(0, order.P).Select(i => parts[0] > 1 ? parts[0] - Fall * i : parts[0]),
            .. Enumerable.Repeat(parts[1], order.Q),
            .. Enumerable.Repeat(parts[2], order.SeasonalP),
            .. Enumerable.Repeat(parts[3], order.SeasonalQ),
        ];

    static ArimaCandidate Candidate(
        ArimaDesign design,
        ArimaOrder order,
        ArimaObjective objective,
        ArimaCoefficients coefficients
    )
    {
        var likelihood = objective.Likelihood;
        return new(
            order,
            coefficients with
            {
                Linear = design.Unrotate(likelihood.Columns),
            },
            likelihood.LogLikelihood,
            likelihood.Squares / likelihood.Count,
            design.Used
        );
    }
}

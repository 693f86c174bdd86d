namespace Halley.Forecasting;

/// <summary>Makes forecasts of all nodes add up, to rounding: every result is a sum of bottom values.</summary>
/// <remarks>
/// Least squares: b = (SᵀW⁻¹S)⁻¹SᵀW⁻¹ŷ. Source: Wickramasuriya, Athanasopoulos and Hyndman (2019), J. Am. Stat. Assoc. 114(526), 804–819;
/// non-negative: Wickramasuriya, Turlach and Hyndman (2020), Statistics and Computing 30, 1167–1182, solved exactly.
/// </remarks>
public sealed class Reconciler
{
    readonly Hierarchy hierarchy;
    readonly ReconciliationMethod method;
    readonly bool nonNegative;
    readonly double[,] normal;
    readonly SmallCholesky? weight;
    readonly SmallCholesky? solver;
    readonly double[] shares;

    /// <param name="method">How to share differences out.</param>
    /// <param name="past">Past values, shape (nodes)(n); needed by top-down methods.</param>
    /// <param name="errors">One-step errors, shape (nodes)(n), complete; needed by variance, covariance and shrink.</param>
    /// <param name="nonNegative">Least squares over bottom values of at least 0.</param>
    /// <exception cref="Data.HalleyException">HLY2306: past or errors are missing, or the covariance can't be inverted.</exception>
    public Reconciler(
        Hierarchy hierarchy,
        ReconciliationMethod method,
        double[][]? past = null,
        double[][]? errors = null,
        bool nonNegative = false
    )
    {
        (this.hierarchy, this.method, this.nonNegative) = (hierarchy, method, nonNegative);
        shares = method is ReconciliationMethod.TopDownShares or ReconciliationMethod.TopDownTotals ? Shares(past) : [];
        normal = new double[0, 0];
        if (method == ReconciliationMethod.BottomUp || shares.Length > 0)
            return;
        weight = SmallCholesky.Of(Weight(errors));
        if (weight is null)
            ForecastErrors.ThrowIncoherent(
                $"the errors' covariance under '{method}' can't be inverted: too few steps, or nodes that repeat each other. Use 'Shrink' or 'Structural'."
            );
        normal = Normal();
        solver = SmallCholesky.Of(normal);
        if (solver is null)
            ForecastErrors.ThrowIncoherent("two bottom series can't be told apart by the sums. Drop one of them.");
    }

    /// <summary>Coherent forecasts of one step, shape (nodes), from forecasts of each node.</summary>
    public double[] Reconcile(ReadOnlySpan<double> forecasts)
    {
        var bottom = forecasts[^hierarchy.BottomCount..].ToArray();
        if (shares.Length > 0)
        {
            for (var i = 0; i < bottom.Length; i++)
                bottom[i] = shares[i] * forecasts[0];
        }
        else if (method != ReconciliationMethod.BottomUp)
        {
            var right = Collect(weight!.Solve(forecasts));
            bottom = solver!.Solve(right);
            if (nonNegative && bottom.Min() < 0)
                bottom = NonNegativeLeastSquares.Solve(normal, right);
        }
        if (nonNegative)
            for (var i = 0; i < bottom.Length; i++)
                bottom[i] = Math.Max(bottom[i], 0);
        return hierarchy.AddUp(bottom);
    }

    double[] Shares(double[][]? past)
    {
        if (past is null)
            ForecastErrors.ThrowIncoherent($"'{method}' needs the past values of all nodes. Give them, or use 'BottomUp'.");
        var (total, first) = (past[0], hierarchy.NodeCount - hierarchy.BottomCount);
        return
        [
            .. past[first..]
                .Select(series =>
                    method == ReconciliationMethod.TopDownTotals
                        ? series.Sum() / total.Sum()
                        : series.Zip(total, (part, whole) => part / whole).Average()
                ),
        ];
    }

    double[,] Weight(double[][]? errors)
    {
        if (method is ReconciliationMethod.Ols or ReconciliationMethod.Structural)
        {
            var w = new double[hierarchy.NodeCount, hierarchy.NodeCount];
            for (var node = 0; node < hierarchy.NodeCount; node++)
                w[node, node] = method == ReconciliationMethod.Ols ? 1 : hierarchy.Sums[node].Length;
            return w;
        }
        if (errors is null)
            ForecastErrors.ThrowIncoherent($"'{method}' needs one-step errors of all nodes. Give them, or use 'Structural'.");
        return method switch
        {
            ReconciliationMethod.Variance => ErrorCovariance.Diagonal(errors),
            ReconciliationMethod.Covariance => ErrorCovariance.Full(errors),
            _ => ErrorCovariance.Shrunk(errors).W,
        };
    }

    /// <summary>SᵀW⁻¹S, shape (bottom)(bottom).</summary>
    double[,] Normal()
    {
        var matrix = new double[hierarchy.BottomCount, hierarchy.BottomCount];
        var column = new double[hierarchy.NodeCount];
        for (var j = 0; j < hierarchy.BottomCount; j++)
        {
            for (var node = 0; node < column.Length; node++)
                column[node] = Array.IndexOf(hierarchy.Sums[node], j) >= 0 ? 1 : 0;
            var solved = Collect(weight!.Solve(column));
            for (var i = 0; i < solved.Length; i++)
                matrix[i, j] = solved[i];
        }
        return matrix;
    }

    /// <summary>Sᵀx.</summary>
    double[] Collect(double[] x)
    {
        var bottom = new double[hierarchy.BottomCount];
        for (var node = 0; node < x.Length; node++)
            foreach (var series in hierarchy.Sums[node])
                bottom[series] += x[node];
        return bottom;
    }
}

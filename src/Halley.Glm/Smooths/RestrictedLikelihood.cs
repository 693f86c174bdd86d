using Halley.Kernels;

namespace Halley.Glm;

/// <summary>The Laplace approximation of the restricted likelihood, as a function of the penalties' weights, with its slopes.</summary>
/// <remarks>
/// With D the deviance, S = Σ λ_k·S_k, A = X′WX + S at the coefficients β̂ that minimise D + β′Sβ, and M the number of directions without
/// penalty, it is −V with
/// <code>
/// V = (D + β̂′Sβ̂)/2φ − ℓ_sat(φ) + ½ ln|A| − ½ Σ ln|λ_k·S_k|₊ − ½ M·ln(2πφ)
/// ∂V/∂ln λ_k = λ_k·β̂′S_kβ̂/2φ + ½ λ_k·tr(A⁻¹S_k) − ½ rank S_k + ½ Σ_i x_i′A⁻¹x_i·(dW_i/dη_i)·x_i′(∂β̂/∂ln λ_k)
/// ∂β̂/∂ln λ_k = −λ_k·A⁻¹S_kβ̂
/// </code>
/// The curvature leaves out how W depends on β̂, which is small beside the rest; the slopes do not. Source: Wood (2011),
/// J. R. Statist. Soc. B 73(1), 3–36; Wood (2017), Generalized Additive Models, section 6.6.
/// </remarks>
sealed class RestrictedLikelihood(FitTask task, CancellationToken cancellation)
{
    readonly GlmProblem problem = task.Problem;
    readonly PreparedDesign prepared = task.Prepared;
    readonly GlmPass pass = new(task.Problem, task.Prepared.Design);
    readonly DispersionSearch dispersion = new(task.Problem);
    readonly double[] logDeterminants =
    [
        .. task.Prepared.Design.Penalties.Select(penalty => PseudoDeterminant.Log(penalty.Matrix, penalty.Size, penalty.Rank)),
    ];

    IReadOnlyList<TermPenalty> Penalties => prepared.Design.Penalties;

    /// <summary>Directions that no penalty holds.</summary>
    double FreeCount => prepared.Active.Length - Penalties.Sum(penalty => penalty.Rank);

    /// <param name="logLambdas">ln λ of each penalty.</param>
    /// <param name="start">Coefficients to start the inner search at.</param>
    /// <param name="tolerance">How far the inner search goes.</param>
    internal SmoothingPoint Evaluate(double[] logLambdas, double[] start, double tolerance)
    {
        var (active, p) = (prepared.Active, prepared.Active.Length);
        double[] lambdas = [.. logLambdas.Select(VectorMath.Exp)];
        var penalty = PenaltyMatrix.Over(prepared.Design, active, lambdas);
        var newton = new NewtonState(problem, pass, new(active, penalty), start, cancellation);
        newton.Run(task.Options with { Tolerance = tolerance }, null);
        var matrix = pass.Layout.Assemble(newton.Point.Products, active);
        Reduce.AddScaled(1, penalty, matrix);
        var factor = PivotedCholesky.Factor(matrix, p, 1e-13);
        var inverse = factor.Inverse();
        var forms = Penalties.Select(own => own.Form(newton.Point.Beta)).ToArray();
        var traces = Penalties.Select(own => Trace(own, inverse)).ToArray();
        var edf = p - lambdas.Zip(traces, (lambda, trace) => lambda * trace).Sum();
        var phi = dispersion.At(newton.Objective, newton.Point.Sums, FreeCount, edf);
        var value =
            newton.Objective / (2 * phi)
            - dispersion.SaturatedLikelihood(phi)
            + 0.5 * factor.LogDeterminant
            - 0.5 * FreeCount * VectorMath.Log(2 * Math.PI * phi);
        for (var k = 0; k < lambdas.Length; k++)
            value -= lambdas[k] == 0 ? 0 : 0.5 * (Penalties[k].Rank * logLambdas[k] + logDeterminants[k]);
        return new()
        {
            LogLambdas = logLambdas,
            Beta = newton.Point.Beta,
            Value = value,
            Dispersion = phi,
            Converged = newton.Converged,
            Inverse = inverse,
            Slopes = [.. lambdas.Select((lambda, k) => 0.5 * (lambda * forms[k] / phi + lambda * traces[k] - Penalties[k].Rank))],
            Curvature = CurvatureOf(lambdas, newton.Point.Beta, inverse, forms, traces, phi),
            BetaSlopes = [.. lambdas.Select((lambda, k) => BetaSlope(lambda, Penalties[k], newton.Point.Beta, inverse))],
        };
    }

    /// <summary>Coefficients of the constant alone, shape (full columns).</summary>
    internal double[] ConstantAlone(GlmOptions options)
    {
        var beta = prepared.Design.GivenBeta();
        beta[0] = GlmSolver.FitNull(problem, options, cancellation).Beta[0];
        return beta;
    }

    /// <summary>beta += change·slope, in place.</summary>
    internal void Move(double[] beta, double[] slope, double change)
    {
        for (var i = 0; i < slope.Length; i++)
            beta[prepared.Active[i]] += change * slope[i];
    }

    /// <summary>Adds to the slopes what comes from the dependence of W on the coefficients: one pass over the rows.</summary>
    internal SmoothingPoint WithExactSlopes(SmoothingPoint point)
    {
        var own = WeightSlopes(point.Beta, new(prepared, point.Inverse));
        return point with
        {
            Slopes =
            [
                .. point.Slopes.Select(
                    (slope, k) => slope + 0.5 * prepared.Active.Select((full, i) => own[full] * point.BetaSlopes[k][i]).Sum()
                ),
            ],
        };
    }

    /// <summary>Σ x′A⁻¹x·(dW/dη)·x over the rows, shape (full columns).</summary>
    double[] WeightSlopes(double[] beta, RowForms forms)
    {
        var (gathered, rows) = (prepared.Design.Gathered, RowModel.Of(problem.Family, problem.Link));
        var spread = gathered.Spread(beta);
        var sums = new double[gathered.ColumnCount];
        RowBlocks.Accumulate(
            problem.RowCount,
            problem.Threads,
            sums,
            (block, partial) =>
            {
                var work = new double[7 * ProductKernel.TileRows];
                for (var start = block.Start; start < block.End; start += ProductKernel.TileRows)
                {
                    var n = Math.Min(ProductKernel.TileRows, block.End - start);
                    Span<double> Part(int part) => work.AsSpan(part * ProductKernel.TileRows, n);
                    prepared.Design.Predict(spread, problem.Offset, start, Part(0));
                    WeightSlope(rows, start, n, work);
                    forms.Fill(start, Part(1));
                    Kernels.Reduce.Multiply(Part(1), Part(2), Part(1));
                    foreach (var own in gathered.Blocks)
                        own.AddProducts(Part(1), start, partial);
                }
            },
            cancellation
        );
        return gathered.Reduce(sums, []).Score;
    }

    /// <summary>Part 2 of the work space ← dW/dη by central differences at the predictor in part 0.</summary>
    void WeightSlope(RowModel rows, int start, int n, double[] work)
    {
        const int tile = ProductKernel.TileRows;
        var up = work.AsSpan(2 * tile, n);
        var down = work.AsSpan(4 * tile, n);
        Curvatures(1, up);
        Curvatures(-1, down);
        for (var i = 0; i < n; i++)
            up[i] = (up[i] - down[i]) / (2 * Step(work[i]));

        void Curvatures(int sign, Span<double> h)
        {
            var at = work.AsSpan(3 * tile, n);
            for (var i = 0; i < n; i++)
                at[i] = work[i] + sign * Step(work[i]);
            rows.Fill(
                problem.Target.AsSpan(start, n),
                problem.Weight.AsSpan(start, n),
                at,
                work.AsSpan(5 * tile, n),
                work.AsSpan(6 * tile, n),
                h,
                Curvature.Observed
            );
        }
    }

    static double Step(double eta) => 1e-4 * Math.Min(1, Math.Abs(eta) + 1e-3);

    double Trace(TermPenalty penalty, double[] inverse)
    {
        var (p, places, sum) = (prepared.Active.Length, PlacesOf(penalty), 0.0);
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = 0; j < places.Length; j++)
            {
                if (places[i] >= 0 && places[j] >= 0)
                    sum += inverse[places[i] * p + places[j]] * penalty.Matrix[i * penalty.Size + j];
            }
        }
        return sum;
    }

    int[] PlacesOf(TermPenalty penalty) =>
        [.. Enumerable.Range(penalty.Start, penalty.Size).Select(full => Array.IndexOf(prepared.Active, full))];

    /// <summary>−λ·A⁻¹Sβ, shape (active).</summary>
    double[] BetaSlope(double lambda, TermPenalty penalty, double[] beta, double[] inverse)
    {
        var (p, places) = (prepared.Active.Length, PlacesOf(penalty));
        var slope = new double[p];
        for (var i = 0; i < penalty.Size; i++)
        {
            var force = Reduce.Dot(
                penalty.Matrix.AsSpan(i * penalty.Size, penalty.Size),
                beta.AsSpan(penalty.Start, penalty.Size)
            );
            if (places[i] >= 0)
                Reduce.AddScaled(-lambda * force, inverse.AsSpan(places[i] * p, p), slope);
        }
        return slope;
    }

    /// <summary>Second derivatives in the ln λ with W held, shape (penalties × penalties).</summary>
    double[] CurvatureOf(double[] lambdas, double[] beta, double[] inverse, double[] forms, double[] traces, double phi)
    {
        var count = lambdas.Length;
        var curvature = new double[count * count];
        for (var k = 0; k < count; k++)
        {
            var slope = BetaSlope(lambdas[k], Penalties[k], beta, inverse);
            for (var l = 0; l < count; l++)
            {
                var own = Penalties[l];
                var (form, places) = (0.0, PlacesOf(own));
                for (var i = 0; i < own.Size; i++)
                {
                    if (places[i] >= 0)
                        form +=
                            slope[places[i]]
                            * Reduce.Dot(own.Matrix.AsSpan(i * own.Size, own.Size), beta.AsSpan(own.Start, own.Size));
                }
                curvature[k * count + l] =
                    lambdas[l] * form / phi - 0.5 * lambdas[k] * lambdas[l] * CrossTrace(Penalties[k], own, inverse);
            }
            curvature[k * count + k] += 0.5 * lambdas[k] * (forms[k] / phi + traces[k]);
        }
        return curvature;
    }

    /// <summary>tr(A⁻¹·S_k·A⁻¹·S_l).</summary>
    double CrossTrace(TermPenalty one, TermPenalty other, double[] inverse)
    {
        var (p, rows, columns) = (prepared.Active.Length, PlacesOf(one), PlacesOf(other));
        // T = A⁻¹ over (other, one); the trace is Σ (S_l·T)∘(T·S_k).
        var (m, n) = (other.Size, one.Size);
        var (block, left, right) = (new double[m * n], new double[m * n], new double[m * n]);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
                block[i * n + j] = columns[i] < 0 || rows[j] < 0 ? 0 : inverse[columns[i] * p + rows[j]];
        }
        for (var i = 0; i < m; i++)
        {
            for (var k = 0; k < m; k++)
                Reduce.AddScaled(other.Matrix[i * m + k], block.AsSpan(k * n, n), left.AsSpan(i * n, n));
            for (var k = 0; k < n; k++)
                Reduce.AddScaled(block[i * n + k], one.Matrix.AsSpan(k * n, n), right.AsSpan(i * n, n));
        }
        return Reduce.Dot(left, right);
    }
}

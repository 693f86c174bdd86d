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
    readonly PenaltyGroup[] groups = PenaltyGroup.Of(task.Prepared.Design.Penalties);

    IReadOnlyList<TermPenalty> Penalties => prepared.Design.Penalties;

    /// <summary>Directions that no penalty holds.</summary>
    double FreeCount => prepared.Active.Length - groups.Sum(group => group.Rank);

    /// <summary>At the coefficients that minimise D + β′Sβ.</summary>
    /// <param name="logLambdas">ln λ of each penalty.</param>
    /// <param name="start">Coefficients to start the inner search at.</param>
    /// <param name="tolerance">How far the inner search goes.</param>
    /// <param name="known">The likelihood at the start, where a pass over the rows has found it already.</param>
    internal SmoothingPoint Evaluate(double[] logLambdas, double[] start, double tolerance, GlmPoint? known = null)
    {
        var (active, lambdas) = (prepared.Active, Exp(logLambdas));
        var penalty = PenaltyMatrix.Over(prepared.Design, active, lambdas);
        var newton = new NewtonState(problem, pass, new(active, penalty), start, cancellation, known);
        newton.Run(task.Options with { Tolerance = tolerance }, null);
        var matrix = pass.Layout.Assemble(newton.Point.Products, active);
        Reduce.AddScaled(1, penalty, matrix);
        var factor = PivotedCholesky.Factor(matrix, active.Length, 1e-13);
        return Describe(logLambdas, newton.Point, newton.Objective, factor) with { Converged = newton.Converged };
    }

    /// <summary>One pass over the rows.</summary>
    internal GlmPoint Pass(double[] beta) => pass.Evaluate(beta, Curvature.Observed, cancellation);

    /// <summary>D + β′Sβ.</summary>
    internal double Objective(GlmPoint point, double[] logLambdas) =>
        point.Deviance + Penalties.Select((penalty, k) => VectorMath.Exp(logLambdas[k]) * penalty.Form(point.Beta)).Sum();

    /// <summary>The same under the working model of a point, D a quadratic of the coefficients: without a pass over the rows.</summary>
    /// <param name="information">X′WX at the point over the active columns.</param>
    internal SmoothingPoint EvaluateWorking(double[] logLambdas, GlmPoint at, double[] information)
    {
        var (active, p) = (prepared.Active, prepared.Active.Length);
        var penalty = PenaltyMatrix.Over(prepared.Design, active, Exp(logLambdas));
        var matrix = (double[])information.Clone();
        Reduce.AddScaled(1, penalty, matrix);
        var factor = PivotedCholesky.Factor(matrix, p, 1e-13);
        double[] old = [.. active.Select(full => at.Beta[full])];
        var score = new double[p];
        for (var i = 0; i < p; i++)
            score[i] = at.Score[active[i]] - Reduce.Dot(penalty.AsSpan(i * p, p), old);
        var step = factor.Solve(score);
        var (beta, deviance) = ((double[])at.Beta.Clone(), at.Deviance);
        for (var i = 0; i < p; i++)
        {
            beta[active[i]] += step[i];
            deviance += step[i] * (Reduce.Dot(information.AsSpan(i * p, p), step) - 2 * at.Score[active[i]]);
        }
        var moved = at with { Beta = beta, Sums = at.Sums with { Deviance = deviance } };
        return Describe(logLambdas, moved, Objective(moved, logLambdas), factor) with
        {
            WorkingStep = Math.Sqrt(Math.Max(Reduce.Dot(step, score), 0)),
        };
    }

    /// <summary>X′WX over the active columns.</summary>
    internal double[] Information(GlmPoint point) => pass.Layout.Assemble(point.Products, prepared.Active);

    static double[] Exp(double[] logLambdas) => [.. logLambdas.Select(VectorMath.Exp)];

    /// <param name="objective">D + β′Sβ.</param>
    /// <param name="factor">Of A.</param>
    SmoothingPoint Describe(double[] logLambdas, GlmPoint point, double objective, PivotedCholesky factor)
    {
        var (beta, lambdas, inverse) = (point.Beta, Exp(logLambdas), factor.Inverse());
        var forms = Penalties.Select(own => own.Form(beta)).ToArray();
        var traces = Penalties.Select(own => Trace(own, inverse)).ToArray();
        var edf = prepared.Active.Length - lambdas.Zip(traces, (lambda, trace) => lambda * trace).Sum();
        var phi = dispersion.At(objective, point.Sums, FreeCount, edf);
        var value =
            objective / (2 * phi)
            - dispersion.SaturatedLikelihood(phi)
            + 0.5 * factor.LogDeterminant
            - 0.5 * FreeCount * VectorMath.Log(2 * Math.PI * phi);
        var ranks = new double[lambdas.Length];
        foreach (var group in groups)
        {
            value -= 0.5 * group.LogDeterminant(lambdas, logLambdas);
            group.Slopes(lambdas, ranks);
        }
        return new()
        {
            LogLambdas = logLambdas,
            Point = point,
            Value = value,
            Dispersion = phi,
            Converged = true,
            Inverse = inverse,
            Slopes = [.. lambdas.Select((lambda, k) => 0.5 * (lambda * forms[k] / phi + lambda * traces[k] - ranks[k]))],
            Curvature = CurvatureOf(lambdas, beta, inverse, forms, traces, phi),
            BetaSlopes = [.. lambdas.Select((lambda, k) => BetaSlope(lambda, Penalties[k], beta, inverse))],
        };
    }

    /// <summary>beta += change·slope, in place.</summary>
    internal void Move(double[] beta, double[] slope, double change)
    {
        for (var i = 0; i < slope.Length; i++)
            beta[prepared.Active[i]] += change * slope[i];
    }

    /// <summary>Adds to the slopes what comes from the dependence of W on the coefficients: one pass over the rows.</summary>
    internal SmoothingPoint WithExactSlopes(SmoothingPoint point) => WithSlopes(point, WeightSlopes(point.Beta, point.Inverse));

    /// <summary>The same with <see cref="WeightSlopes"/> of a point close by.</summary>
    internal SmoothingPoint WithSlopes(SmoothingPoint point, double[] weightSlopes) =>
        point with
        {
            Slopes =
            [
                .. point.Slopes.Select(
                    (slope, k) =>
                        slope + 0.5 * prepared.Active.Select((full, i) => weightSlopes[full] * point.BetaSlopes[k][i]).Sum()
                ),
            ],
        };

    /// <summary>Σ x′A⁻¹x·(dW/dη)·x over the rows, shape (full columns).</summary>
    /// <param name="inverse">A⁻¹ over the active columns.</param>
    internal double[] WeightSlopes(double[] beta, double[] inverse) =>
        new WeightSlopePass(problem, prepared, inverse).Sum(beta, cancellation);

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
        foreach (var group in groups)
            group.AddCurvature(lambdas, curvature);
        return curvature;
    }

    /// <summary>tr(A⁻¹·S_k·A⁻¹·S_l).</summary>
    double CrossTrace(TermPenalty one, TermPenalty other, double[] inverse)
    {
        var (p, rows, columns) = (prepared.Active.Length, PlacesOf(one), PlacesOf(other));
        if (one.Diagonal is { } oneDiagonal && other.Diagonal is { } otherDiagonal)
            return CrossTrace(oneDiagonal, otherDiagonal, rows, columns, inverse);
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

    /// <summary>The same of diagonal penalties.</summary>
    double CrossTrace(double[] one, double[] other, int[] rows, int[] columns, double[] inverse)
    {
        var (p, sum) = (prepared.Active.Length, 0.0);
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < rows.Length && columns[i] >= 0 && other[i] > 0; j++)
            {
                var entry = rows[j] < 0 ? 0 : inverse[columns[i] * p + rows[j]];
                sum += other[i] * one[j] * entry * entry;
            }
        }
        return sum;
    }
}

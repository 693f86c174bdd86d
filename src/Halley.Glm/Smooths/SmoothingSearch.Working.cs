using Halley.Data;

namespace Halley.Glm;

/// <summary>The first part of the search: penalties are chosen inside each working model.</summary>
/// <remarks>
/// At a point the deviance is taken as a quadratic of the coefficients, W held. Weights of the penalties that are best under it cost no
/// pass over the rows; then one pass makes the next working model. Source: Gu (1992), J. Comput. Graph. Statist. 1, 169–179
/// (performance iteration); Wood, Goude and Shaw (2015), Appl. Statist. 64(1), 139–155. Near the end the slopes allow for how W moves, so
/// that the iteration ends where <see cref="RestrictedLikelihood"/> is greatest, not only near it.
/// </remarks>
sealed partial class SmoothingSearch
{
    const int MaxPasses = 25;

    /// <summary>Steps in ln λ under one working model.</summary>
    const int MovesPerPass = 3;

    /// <summary>From steps of this many standard errors on, slopes allow for how W moves.</summary>
    const double NearStep = 1;

    /// <summary>Steps of this many standard errors end the iteration.</summary>
    const double LastStep = 1e-4;

    /// <returns>Where it ended, with the likelihood there; not always at an optimum.</returns>
    (double[] LogLambdas, GlmPoint Point) Together(double[] logLambdas, GlmPoint at, IProgress<FitProgress>? progress)
    {
        double[]? weightSlopes = null;
        for (var step = 0; step < MaxPasses; step++)
        {
            progress?.Report(new("choosing penalties", Math.Min(0.6, step / 15.0), $"working model {step + 1}"));
            var model = Choose(logLambdas, at, weightSlopes);
            logLambdas = model.LogLambdas;
            if (Follow(at, model) is not { } next)
                return (logLambdas, at);
            at = next;
            var length = model.WorkingStep / Math.Sqrt(model.Dispersion);
            if (length < LastStep)
                break;
            if (length < NearStep)
                weightSlopes = likelihood.WeightSlopes(at.Beta, model.Inverse);
        }
        return (logLambdas, at);
    }

    /// <summary>The best weights under the working model of a point, or nearly so.</summary>
    SmoothingPoint Choose(double[] logLambdas, GlmPoint at, double[]? weightSlopes)
    {
        var information = likelihood.Information(at);
        SmoothingPoint Evaluate(double[] own)
        {
            var point = likelihood.EvaluateWorking(own, at, information);
            return weightSlopes is null ? point : likelihood.WithSlopes(point, weightSlopes);
        }
        var model = Evaluate(logLambdas);
        for (var move = 0; move < MovesPerPass; move++)
        {
            var free = Free(model);
            if (Array.TrueForAll(free, k => Math.Abs(model.Slopes[k]) < ToleranceOf(model, k)))
                break;
            var step = Step(model, free);
            var moved = (double[])model.LogLambdas.Clone();
            for (var f = 0; f < free.Length; f++)
                moved[free[f]] = Math.Clamp(moved[free[f]] + step[f], centre[free[f]] - Range, centre[free[f]] + Range);
            var next = Evaluate(moved);
            // With slopes that allow for W the value is not the one that they belong to; steps are short by then.
            if (weightSlopes is null && next.Value > model.Value + 1e-9 * (Math.Abs(model.Value) + 1))
                break;
            model = next;
        }
        return model;
    }

    /// <summary>The point a working model leads to, or part of the way there until the penalised deviance falls; null where it never does.</summary>
    GlmPoint? Follow(GlmPoint from, SmoothingPoint model)
    {
        var limit = likelihood.Objective(from, model.LogLambdas);
        limit += 1e-12 * (Math.Abs(limit) + 1);
        var beta = model.Beta;
        for (var halving = 0; halving < 8; halving++)
        {
            var next = likelihood.Pass(beta);
            if (next.IsAllowed && likelihood.Objective(next, model.LogLambdas) <= limit)
                return next;
            beta = [.. beta.Zip(from.Beta, (ahead, back) => 0.5 * (ahead + back))];
        }
        return null;
    }
}

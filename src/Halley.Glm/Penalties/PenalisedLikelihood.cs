using Halley.Statistics;

namespace Halley.Glm;

/// <summary>The likelihood as a function of a model's coefficients alone, in the design's order.</summary>
sealed class PenalisedLikelihood
{
    readonly GlmPass pass;

    /// <summary>Whether half the deviance is a quadratic of the coefficients: one pass over the rows then tells all.</summary>
    readonly bool isQuadratic;
    PenalisedPoint? known;

    internal PenalisedLikelihood(GlmProblem problem, GlmDesign design, CancellationToken cancellation)
    {
        (Problem, Design, Cancellation) = (problem, design, cancellation);
        pass = new(problem, design);
        isQuadratic = problem.Family == Family.Gaussian && problem.Link.Function == LinkFunction.Identity;
        WeightSum = problem.WeightSum;
    }

    internal GlmProblem Problem { get; }

    internal GlmDesign Design { get; }

    internal CancellationToken Cancellation { get; }

    /// <summary>Whether the curvature is that of the likelihood itself, not the one expected of it.</summary>
    internal bool HasTrueCurvature => pass.HasObserved || Problem.Link == Problem.Family.CanonicalLink;

    internal double WeightSum { get; }

    internal PenalisedPoint Evaluate(double[] beta)
    {
        if (isQuadratic && known is not null)
            return Quadratic(known, beta);
        var point = pass.Evaluate(Design.ToFull(beta), Curvature.Observed, Cancellation);
        var slope = Array.ConvertAll(Design.Order, full => -point.Score[full]);
        return known = new(beta, point.Sums, slope, pass.Layout.Assemble(point.Products, Design.Order));
    }

    /// <summary>Deviance and slope, by a pass that sums no products, with a curvature from elsewhere.</summary>
    internal PenalisedPoint EvaluateLightly(double[] beta, double[] curvature)
    {
        if (isQuadratic)
            return Evaluate(beta);
        var point = pass.Evaluate(Design.ToFull(beta), Curvature.None, Cancellation);
        return new(beta, point.Sums, Array.ConvertAll(Design.Order, full => -point.Score[full]), curvature) { IsNear = true };
    }

    static PenalisedPoint Quadratic(PenalisedPoint from, double[] beta)
    {
        var p = beta.Length;
        var (slope, half) = ((double[])from.Slope.Clone(), from.HalfDeviance);
        var change = new double[p];
        for (var i = 0; i < p; i++)
        {
            change[i] = beta[i] - from.Beta[i];
            if (change[i] != 0)
                Kernels.Reduce.AddScaled(change[i], from.Hessian.AsSpan(i * p, p), slope);
        }
        // A quadratic falls by the mean of its slopes at both ends.
        half += 0.5 * (Kernels.Reduce.Dot(change, from.Slope) + Kernels.Reduce.Dot(change, slope));
        return new(beta, new(2 * half, 2 * half, 0), slope, from.Hessian);
    }
}

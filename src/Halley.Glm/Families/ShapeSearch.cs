using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Fits, and estimates the family's own parameter where it is not given.</summary>
static class ShapeSearch
{
    /// <returns>The solution under the family as estimated; no estimate where the family is given in full.</returns>
    internal static (GlmSolution Solution, ShapeEstimate? Shape) Fit(
        FitTask task,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (!task.Problem.Family.IsShapeEstimated)
            return (Solve(task, progress, cancellation), null);
        return task.Problem.Family.Accept(new IsTweedie())
            ? new TweediePower(task, progress, cancellation).Search()
            : new NegativeBinomialTheta(task, progress, cancellation).Search();
    }

    /// <summary>The family that a search for the own parameter starts from.</summary>
    internal static Family StartOf(Family family) => family.Accept(new IsTweedie()) ? Family.Tweedie(1.5) : Family.Poisson;

    internal static GlmSolution Solve(FitTask task, IProgress<FitProgress>? progress, CancellationToken cancellation) =>
        GlmSolver.Fit(task, progress, cancellation);

    /// <summary>The task under a family, from where another fit ended.</summary>
    internal static FitTask Under(this FitTask task, Family family, GlmSolution? from) =>
        task with
        {
            Problem = task.Problem with { Family = family },
            StartPoint = null,
            Constant = null,
            Start = from?.InternalBeta ?? task.Start,
        };

    sealed class IsTweedie : IFamilyVisitor<bool>
    {
        public bool Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily => family is TweedieFamily;
    }
}

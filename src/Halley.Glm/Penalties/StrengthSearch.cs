using Halley.Statistics;

namespace Halley.Glm;

/// <summary>The optimum at one strength after another, each from where the last one ended.</summary>
abstract class StrengthSearch(PenaltyLayout layout, GlmPenalty penalty, double weightSum)
{
    /// <summary>Columns of numbers from which on products of all of them cost more than those of the ones in the model.</summary>
    const int ManyNumbers = 256;

    /// <summary>Numbers at most that a design may have written out: 1 GB.</summary>
    const long WrittenLimit = 1L << 27;

    /// <summary>Coefficients in the design's order and the solver's units, shape (p).</summary>
    internal abstract double[] Beta { get; }

    internal abstract RowSums Sums { get; }

    internal int Iterations { get; private protected set; }

    internal bool Converged { get; private protected set; } = true;

    /// <summary>Length of the last step in standard errors.</summary>
    internal double LastStep { get; private protected set; }

    /// <summary>Goes to the optimum without anything that is penalised.</summary>
    internal void GoToNull() => GoTo(double.PositiveInfinity);

    /// <summary>The least strength at which everything penalised is out, from the point of <see cref="GoToNull"/>.</summary>
    internal double GreatestStrength => PenaltyStep.Greatest(layout, Beta, Slopes, penalty.L1Ratio) / weightSum;

    /// <summary>Goes to the optimum at a strength λ.</summary>
    internal abstract void GoTo(double strength);

    /// <summary>Goes to coefficients of an earlier model.</summary>
    internal abstract void Return(double[] beta);

    private protected PenaltyLayout Layout => layout;

    internal double ObjectiveAt(double strength) => (Sums.Deviance / 2 + StepAt(strength).Value(Beta)) / weightSum;

    internal abstract double EffectiveParameters(double strength);

    /// <summary>Of half the deviance, uphill; shape (p).</summary>
    private protected abstract double[] Slopes { get; }

    private protected PenaltyStep StepAt(double strength) => new(layout, penalty.L1Ratio, strength * weightSum);

    /// <summary>The search that suits a problem.</summary>
    /// <param name="start">Near the optimum at the first strength, where that is the greatest of a path.</param>
    /// <param name="isPath">Whether it goes down a path: a sample would bring it no nearer to where it starts.</param>
    internal static StrengthSearch Of(
        GlmProblem problem,
        GlmDesign design,
        PenaltyLayout layout,
        GlmOptions options,
        double[] start,
        CancellationToken cancellation,
        bool isPath = false
    )
    {
        var isSquares = problem.Family == Family.Gaussian && problem.Link.Function == LinkFunction.Identity;
        if (!isSquares || layout.Chains.Count > 0 || layout.GroupWeights.Length > 0)
            return new PenalisedSearch(new(problem, design, cancellation), layout, options, start) { MaySample = !isPath };
        var squares = SquaresOf(problem, design, start, cancellation);
        return new SquaresSearch(squares, problem, layout, options, start, cancellation);
    }

    static LeastSquares SquaresOf(GlmProblem problem, GlmDesign design, double[] start, CancellationToken cancellation)
    {
        var isWide = design.Blocks[0].Width > ManyNumbers || design.Order.Length > problem.RowCount;
        var hasLevels = design.Blocks.Count > 1;
        if (problem.Chunks is not null || (hasLevels && !isWide) || (long)problem.RowCount * design.Order.Length > WrittenLimit)
            return new GramSquares(new PenalisedLikelihood(problem, design, cancellation).Evaluate(start));
        var columns = new ColumnSquares(problem, design, cancellation);
        return isWide ? columns : GramSquares.Of(columns, start);
    }
}

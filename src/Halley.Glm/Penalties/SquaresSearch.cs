using Halley.Kernels;

namespace Halley.Glm;

/// <summary>The search where half the deviance is a sum of squares: lasso and elastic-net paths of a Gaussian model.</summary>
/// <remarks>
/// At each strength only the columns that the strong rule keeps, and whose slopes on the way here point beyond the new price, are worked
/// on; the slopes of all columns then say whether any was missed. Sources: Tibshirani et al. (2012), J. R. Statist. Soc. B 74(2),
/// 245–266; Larsson and Wallin (2022), NeurIPS 35, for the slopes ahead.
/// </remarks>
sealed class SquaresSearch : StrengthSearch
{
    /// <summary>Steps at one strength, for each column and beside them.</summary>
    const int StepsByColumn = 4;
    const int StepsAtLeast = 200;

    /// <summary>Part of its price from which on a slope ahead brings a column in.</summary>
    const double NearPrice = 0.97;

    readonly LeastSquares squares;
    readonly GlmProblem problem;
    readonly CancellationToken cancellation;
    readonly WorkingSet set;
    readonly double smallest;
    double[] slopes;
    double[] slopesBefore;
    double halfSquares;
    (double Now, double Before) strengths = (double.PositiveInfinity, double.PositiveInfinity);

    internal SquaresSearch(
        LeastSquares squares,
        GlmProblem problem,
        PenaltyLayout layout,
        GlmOptions options,
        double[] start,
        CancellationToken cancellation
    )
        : base(layout, options.Penalty!, problem.WeightSum)
    {
        (this.squares, this.problem, this.cancellation) = (squares, problem, cancellation);
        (slopes, slopesBefore) = (new double[start.Length], new double[start.Length]);
        Beta = (double[])start.Clone();
        halfSquares = squares.Evaluate(Beta, slopes);
        smallest = 1e-13 * Reduce.MaxAbs(slopes) + 1e-300;
        set = new(squares, smallest);
        set.Add([.. Enumerable.Range(0, start.Length).Where(j => start[j] != 0 || squares.WholeGram is not null)], slopes);
        set.Set(Beta);
    }

    internal override double[] Beta { get; }

    internal override RowSums Sums => new(2 * halfSquares, 2 * halfSquares, 0);

    private protected override double[] Slopes => slopes;

    internal override void GoTo(double strength)
    {
        cancellation.ThrowIfCancellationRequested();
        var step = StepAt(strength);
        var (penalty, _) = step.PenaltyOf([]);
        // 1. Columns that may be in the model there.
        set.SetPenalty(penalty, step.Ridges());
        Screen(penalty, strength);
        // 2. Their optimum; again with the columns that should have been among them.
        var limit = StepsAtLeast + StepsByColumn * Beta.Length;
        var steps = 0;
        (slopes, slopesBefore) = (slopesBefore, slopes);
        do
        {
            steps += set.Solve(limit - steps);
            set.CopyTo(Beta);
            halfSquares = squares.Evaluate(Beta, slopes);
            set.SetSlopes(slopes);
        } while ((AddMissed(penalty) || set.IsViolated()) && steps < limit);
        Iterations += steps;
        Converged = steps < limit;
        LastStep = set.LastLength / Math.Sqrt(problem.DispersionAt(Sums, 1));
        strengths = (strength, strengths.Now);
    }

    internal override void Return(double[] beta)
    {
        beta.CopyTo(Beta.AsSpan());
        halfSquares = squares.Evaluate(Beta, slopes);
        set.Set(Beta);
        set.SetSlopes(slopes);
    }

    internal override double EffectiveParameters(double strength)
    {
        var step = StepAt(strength);
        set.SetPenalty(step.PenaltyOf([]).Penalty, step.Ridges());
        return set.EffectiveParameters();
    }

    /// <summary>Adds columns whose slope, carried on as it went from the last strength to this one's forerunner, comes near its price.</summary>
    void Screen(QuadraticPenalty penalty, double strength)
    {
        var ahead =
            double.IsFinite(strengths.Before) && strengths.Before > strengths.Now
                ? (strength - strengths.Now) / (strengths.Now - strengths.Before)
                : 0;
        var strong = double.IsFinite(strengths.Now) ? 2 - strengths.Now / strength : 1;
        var added = new List<int>();
        for (var j = 0; j < Beta.Length; j++)
        {
            if (set.Has(j) || penalty.Lower[j] == penalty.Upper[j])
                continue;
            var guess = Math.Abs(slopes[j] + ahead * (slopes[j] - slopesBefore[j]));
            if (guess >= NearPrice * penalty.L1[j] && Math.Abs(slopes[j]) >= strong * penalty.L1[j])
                added.Add(j);
        }
        set.Add(added, slopes);
    }

    bool AddMissed(QuadraticPenalty penalty)
    {
        if (set.Count == Beta.Length)
            return false;
        var missed = new List<int>();
        for (var j = 0; j < Beta.Length; j++)
        {
            if (!set.Has(j) && penalty.Violation(j, 0, slopes[j]) > 1e-10 * penalty.L1[j] + smallest)
                missed.Add(j);
        }
        set.Add(missed, slopes);
        return missed.Count > 0;
    }
}

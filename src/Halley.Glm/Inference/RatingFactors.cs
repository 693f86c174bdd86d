using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Relativities of the terms of levels, with what the learn rows hold of each level.</summary>
/// <param name="errors">Standard errors in the design's order.</param>
/// <param name="intervals">Intervals of the coefficients in the design's order.</param>
/// <param name="curves">For levels that are combinations of the model's columns.</param>
/// <param name="quantile">Of the intervals of those.</param>
sealed class RatingFactors(
    RowSummary summary,
    GlmSolution solution,
    IReadOnlyList<double> errors,
    IReadOnlyList<(double Lower, double Upper)> intervals,
    SmoothCurves curves,
    double quantile
)
{
    /// <summary>Position in the design's order of each full column; −1 for none.</summary>
    readonly int[] positions = PositionsIn(solution.Design);

    internal IReadOnlyList<TermRelativities> All()
    {
        var design = solution.Design;
        var factors = new List<TermRelativities>();
        for (var t = 0; t < design.Terms.Count; t++)
        {
            if (design.Terms[t].Encoded is { Coders.Count: > 0, Bases.Count: 0 })
                factors.Add(new(design.Terms[t].Name, Levels(t)));
        }
        return factors;
    }

    static int[] PositionsIn(GlmDesign design)
    {
        var positions = new int[design.FullColumnCount];
        Array.Fill(positions, -1);
        for (var i = 0; i < design.Order.Length; i++)
            positions[design.Order[i]] = i;
        return positions;
    }

    LevelRelativity[] Levels(int t)
    {
        var (design, term) = (solution.Design, solution.Design.Terms[t]);
        var start = design.TermStarts[t];
        var coefficients = term.Scoring(solution.Beta.AsSpan(start, term.ColumnCount));
        var levels = new LevelRelativity[coefficients.Length];
        for (var cell = 0; cell < levels.Length; cell++)
        {
            var (error, lower, upper) = Spread(t, cell, coefficients[cell]);
            var sums = summary.At(start, cell);
            levels[cell] = new()
            {
                Level = term.LevelName(cell),
                IsBase = term.IsBase(cell),
                IsFixed = term.Fixed.ContainsKey(cell),
                Coefficient = coefficients[cell],
                StandardError = error,
                Lower = double.IsNaN(error) ? double.NaN : VectorMath.Exp(lower),
                Upper = double.IsNaN(error) ? double.NaN : VectorMath.Exp(upper),
                Exposure = sums.Size,
                RowCount = sums.RowCount,
                Observed = sums.Observed,
                Fitted = sums.Fitted,
            };
        }
        return levels;
    }

    /// <summary>Standard error and interval of a level's coefficient.</summary>
    (double Error, double Lower, double Upper) Spread(int t, int cell, double coefficient)
    {
        var (design, term) = (solution.Design, solution.Design.Terms[t]);
        if (term.IsMapped)
        {
            var smooth = term.Smooth!;
            var own = smooth.Map.Length / smooth.CurveWidth;
            var curve = smooth.Curves[cell / own];
            if (curve < 0)
                return (0, coefficient, coefficient);
            var unit = new double[own];
            unit[cell % own] = 1;
            var error = curves.At(design.Penalties.Where(penalty => penalty.Term == t).ElementAt(curve), term, unit).Error;
            return (error, coefficient - quantile * error, coefficient + quantile * error);
        }
        var position = positions[design.TermStarts[t] + cell];
        return position < 0
            ? (0, coefficient, coefficient)
            : (errors[position], intervals[position].Lower, intervals[position].Upper);
    }
}

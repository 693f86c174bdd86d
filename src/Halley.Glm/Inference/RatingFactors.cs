using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Relativities of the terms of levels, with what the learn rows hold of each level.</summary>
/// <param name="errors">Standard errors in the design's order.</param>
/// <param name="intervals">Intervals of the coefficients in the design's order.</param>
/// <param name="curves">For levels that are combinations of the model's columns.</param>
/// <param name="quantile">Of the intervals of those.</param>
sealed class RatingFactors(
    LearnRows rows,
    GlmSolution solution,
    IReadOnlyList<double> errors,
    IReadOnlyList<(double Lower, double Upper)> intervals,
    SmoothCurves curves,
    double quantile
)
{
    const int SumsPerLevel = 4;

    /// <param name="means">Fitted means, shape (n).</param>
    internal IReadOnlyList<TermRelativities> All(double[] means)
    {
        var design = solution.Design;
        var factors = new List<TermRelativities>();
        for (var t = 0; t < design.Terms.Count; t++)
        {
            if (design.Terms[t].Encoded is { Coders.Count: > 0, Bases.Count: 0 })
                factors.Add(new(design.Terms[t].Name, Levels(t, means)));
        }
        return factors;
    }

    LevelRelativity[] Levels(int t, double[] means)
    {
        var (design, term) = (solution.Design, solution.Design.Terms[t]);
        var block = design.Blocks.First(block => block.Start == design.TermStarts[t] && block.Codes is not null);
        var coefficients = term.Scoring(solution.Beta.AsSpan(block.Start, term.ColumnCount));
        var sums = Sums(block.Codes!, coefficients.Length, means);
        var levels = new LevelRelativity[coefficients.Length];
        for (var cell = 0; cell < levels.Length; cell++)
        {
            var (error, lower, upper) = Spread(t, cell, coefficients[cell]);
            levels[cell] = new()
            {
                Level = term.LevelName(cell),
                IsBase = term.IsBase(cell),
                IsFixed = term.Fixed.ContainsKey(cell),
                Coefficient = coefficients[cell],
                StandardError = error,
                Lower = double.IsNaN(error) ? double.NaN : VectorMath.Exp(lower),
                Upper = double.IsNaN(error) ? double.NaN : VectorMath.Exp(upper),
                Exposure = sums[cell * SumsPerLevel],
                RowCount = (int)sums[cell * SumsPerLevel + 1],
                Observed = sums[cell * SumsPerLevel + 2],
                Fitted = sums[cell * SumsPerLevel + 3],
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
            var unit = new double[term.Encoded.CellCount];
            unit[cell] = 1;
            var error = curves.At(design.Penalties.First(penalty => penalty.Term == t), term, unit).Error;
            return (error, coefficient - quantile * error, coefficient + quantile * error);
        }
        var position = Array.IndexOf(design.Order, design.TermStarts[t] + cell);
        return position < 0
            ? (0, coefficient, coefficient)
            : (errors[position], intervals[position].Lower, intervals[position].Upper);
    }

    /// <summary>Exposure, rows, observed and fitted totals by cell.</summary>
    double[] Sums(int[] codes, int count, double[] means)
    {
        var problem = rows.Problem;
        var sums = new double[count * SumsPerLevel];
        RowBlocks.Accumulate(
            problem.RowCount,
            problem.Threads,
            sums,
            (part, partial) =>
            {
                for (var row = part.Start; row < part.End; row++)
                {
                    var own = partial.Slice(codes[row] * SumsPerLevel, SumsPerLevel);
                    own[0] += rows.Size[row];
                    own[1]++;
                    own[2] += problem.Weight[row] * problem.Target[row];
                    own[3] += problem.Weight[row] * means[row];
                }
            }
        );
        return sums;
    }
}

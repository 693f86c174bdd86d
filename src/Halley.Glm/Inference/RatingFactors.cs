using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Relativities of the terms of levels, with what the learn rows hold of each level.</summary>
/// <param name="errors">Standard errors in the design's order.</param>
/// <param name="intervals">Intervals of the coefficients in the design's order.</param>
sealed class RatingFactors(
    LearnRows rows,
    GlmSolution solution,
    IReadOnlyList<double> errors,
    IReadOnlyList<(double Lower, double Upper)> intervals
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
            var block = design.Blocks.FirstOrDefault(block => block.Start == design.TermStarts[t] && block.Codes is not null);
            if (block is { Columns.Length: 0 })
                factors.Add(new(design.Terms[t].Name, Levels(design.Terms[t], block, means)));
        }
        return factors;
    }

    LevelRelativity[] Levels(DesignTerm term, DesignBlock block, double[] means)
    {
        var sums = Sums(block, means);
        var levels = new LevelRelativity[block.CellCount];
        for (var cell = 0; cell < levels.Length; cell++)
        {
            var position = Array.IndexOf(solution.Design.Order, block.Start + cell);
            var (error, interval) = position < 0 ? (0, (0, 0)) : (errors[position], intervals[position]);
            var coefficient = solution.Beta[block.Start + cell];
            levels[cell] = new()
            {
                Level = term.LevelsOf(cell)!,
                IsBase = term.IsBase(cell),
                Coefficient = coefficient,
                StandardError = error,
                Lower = double.IsNaN(error) ? double.NaN : VectorMath.Exp(interval.Lower),
                Upper = double.IsNaN(error) ? double.NaN : VectorMath.Exp(interval.Upper),
                Exposure = sums[cell * SumsPerLevel],
                RowCount = (int)sums[cell * SumsPerLevel + 1],
                Observed = sums[cell * SumsPerLevel + 2],
                Fitted = sums[cell * SumsPerLevel + 3],
            };
        }
        return levels;
    }

    /// <summary>Exposure, rows, observed and fitted totals by cell.</summary>
    double[] Sums(DesignBlock block, double[] means)
    {
        var problem = rows.Problem;
        var sums = new double[block.CellCount * SumsPerLevel];
        RowBlocks.Accumulate(
            problem.RowCount,
            problem.Threads,
            sums,
            (part, partial) =>
            {
                for (var row = part.Start; row < part.End; row++)
                {
                    var own = partial.Slice(block.Codes![row] * SumsPerLevel, SumsPerLevel);
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

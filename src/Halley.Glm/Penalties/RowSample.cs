using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>The optimum on every seventh row: so near that of all rows that most passes over these are saved.</summary>
/// <remarks>
/// By each coefficient the sample's optimum is some √6 standard errors away from that of all rows, the null model often by dozens. It is a
/// start and no more: where the search ends does not depend on it.
/// </remarks>
static class RowSample
{
    /// <summary>One row of so many. A prime, so that months or quarters in the rows' order are all met.</summary>
    const int Stride = 7;

    /// <summary>Rows of the sample that each column needs.</summary>
    const int RowsPerColumn = 25;

    /// <summary>Part of a step over all rows that one by the sample's curvature leaves, at most in most samples.</summary>
    internal const double KeptByCurvature = 0.3;

    /// <summary>Whether a sample is large enough, and its optimum finite and telling.</summary>
    internal static bool Helps(PenalisedLikelihood likelihood, PenaltyLayout layout, double strength)
    {
        var problem = likelihood.Problem;
        // A few large claims make a Tweedie sample's optimum no nearer than the null model; what nothing holds may run off in a sample.
        return strength > 0
            && double.IsFinite(strength)
            && problem.Chunks is null
            && problem.RowCount / Stride >= RowsPerColumn * layout.Count
            && (problem.Family.FixedDispersion || problem.Family == Family.Gamma)
            && Array.TrueForAll(layout.Columns[1..], column => column.Weight > 0);
    }

    /// <summary>The sample's optimum as a point of all rows: their deviance and slopes, the sample's curvature.</summary>
    internal static PenalisedPoint Optimum(
        PenalisedLikelihood likelihood,
        PenaltyLayout layout,
        GlmOptions options,
        double[] start,
        double strength
    )
    {
        var (problem, design) = (likelihood.Problem, likelihood.Design);
        var rows = new int[problem.RowCount / Stride];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i * Stride + Stride / 2;
        var sample = problem with
        {
            Target = Of(problem.Target, rows),
            Weight = Of(problem.Weight, rows),
            Offset = Of(problem.Offset, rows),
            Size = Of(problem.Size, rows),
        };
        var search = new PenalisedSearch(
            new(sample, Of(design, rows, problem.Threads), likelihood.Cancellation),
            layout,
            options with
            {
                Penalty = options.Penalty! with { Tolerance = 1 },
            },
            start
        );
        search.GoTo(strength);
        return likelihood.EvaluateLightly(search.Beta, search.CurvatureTimes(likelihood.WeightSum / sample.WeightSum));
    }

    static GlmDesign Of(GlmDesign design, int[] rows, int threads)
    {
        var blocks = new DesignBlock[design.Blocks.Count];
        WorkItems.For(
            blocks.Length,
            threads,
            b =>
            {
                var block = design.Blocks[b];
                blocks[b] = block with
                {
                    Codes = block.Codes is null ? null : Of(block.Codes, rows),
                    Columns = Array.ConvertAll(block.Columns, column => Of(column, rows)),
                };
            }
        );
        return new()
        {
            RowCount = rows.Length,
            Blocks = blocks,
            Terms = design.Terms,
            TermStarts = design.TermStarts,
            Order = design.Order,
            Changes = design.Changes,
            Scalings = design.Scalings,
        };
    }

    static T[] Of<T>(T[] values, int[] rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            taken[i] = values[rows[i]];
        return taken;
    }
}

using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Finds, before the fit, the columns that can have no finite coefficient.</summary>
static class ColumnStates
{
    /// <summary>Share of a column's squared length that earlier columns must leave; the sums are good to about 1e-14.</summary>
    const double AliasTolerance = 1e-11;

    /// <summary>Sums of products tell columns of different sources apart well while this share of a squared length remains.</summary>
    const double PlainRemainder = 1e-5;

    /// <summary>State of each column in the design's order, from one pass over the rows; and whether numbers are better held by row.</summary>
    /// <param name="elimination">The factor that is solved for first: what it explains is aliased, wherever it stands. Null for none.</param>
    internal static (ColumnState[] States, bool Plain) Of(
        GlmProblem problem,
        GlmDesign design,
        LevelElimination? elimination,
        CancellationToken cancellation
    )
    {
        var layout = design.Gathered.ModelLayout;
        // Σ w·y·x and Σ w·x·x′.
        var (targets, products) = PassSums
            .Of(
                problem,
                design,
                0,
                (part, _, start, wy, w, _, _) =>
                {
                    part.Weight.AsSpan(start, w.Length).CopyTo(w);
                    Reduce.Multiply(w, part.Target.AsSpan(start, w.Length), wy);
                },
                cancellation
            )
            .Reduced();
        var (dropped, remainders) = elimination is null
            ? Factored(design, layout.Assemble(products, design.Order))
            : Factored(new BorderedMatrix(layout, products, design.Order, elimination).Factor(AliasTolerance));
        ColumnState[] states = [.. dropped.Select(isDropped => isDropped ? ColumnState.Aliased : ColumnState.Estimated)];
        MarkRunaways(problem, design, layout, products, targets, states);
        design.Gathered.Pass.Rooms.Return(products);
        var numbers = design.Blocks[0].Sources.Length == 0 ? 0 : design.Blocks[0].Width;
        return (states, design.Order.Index().Any(full => full.Item < numbers && remainders[full.Index] < PlainRemainder));
    }

    /// <summary>Columns that earlier ones explain, and the share of each that they leave.</summary>
    static (bool[] Dropped, double[] Remainders) Factored(GlmDesign design, double[] matrix)
    {
        PenaltyMatrix.AddToScale(design, matrix);
        var factor = PivotedCholesky.Factor(matrix, design.Order.Length, AliasTolerance);
        return (factor.Dropped, [.. Enumerable.Range(0, design.Order.Length).Select(factor.RemainderOf)]);
    }

    static (bool[] Dropped, double[] Remainders) Factored(BorderedFactor factor) => (factor.Dropped(), factor.Remainders());

    /// <summary>Marks levels and cells of which no row has a claim (or, for a yes-or-no target, every row has one).</summary>
    static void MarkRunaways(
        GlmProblem problem,
        GlmDesign design,
        ProductLayout layout,
        ReadOnlySpan<double> products,
        ReadOnlySpan<double> targets,
        ColumnState[] states
    )
    {
        var binomial = problem.IsBinomial;
        var runs = binomial
            ? problem.Link.Function is LinkFunction.Logit or LinkFunction.Probit or LinkFunction.ComplementaryLogLog
            : problem.Link.Function == LinkFunction.Log && problem.Family.InDomain(0) && !problem.Family.InDomain(-1);
        if (!runs)
            return;
        for (var i = 0; i < states.Length; i++)
        {
            var full = design.Order[i];
            if (states[i] == ColumnState.Aliased || !design.IsLevelOnly(full) || design.IsPenalised(full))
                continue;
            if (targets[full] == 0)
                states[i] = ColumnState.RunsToMinusInfinity;
            else if (binomial && targets[full] == layout.Assemble(products, [full])[0])
                states[i] = ColumnState.RunsToInfinity;
        }
    }
}

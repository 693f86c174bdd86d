namespace Halley.Glm;

/// <summary>Builds the design and looks for aliased columns, again where the first look changes what the columns should be.</summary>
static class GlmDesigner
{
    /// <summary>Coefficients beside one factor's at most: their information matrix then takes 200 MB, and minutes to invert.</summary>
    internal const int CoefficientLimit = 5_000;

    /// <summary>Sums of products at most: each thread holds two sets of them, 200 MB each.</summary>
    const long ProductLimit = 25_000_000;

    /// <param name="limit">Coefficients of a full information matrix at most; beyond, a factor is solved for first.</param>
    internal static PreparedDesign Design(
        GlmProblem problem,
        LearnInputs inputs,
        IReadOnlyList<DesignTerm> terms,
        CancellationToken cancellation,
        int limit = CoefficientLimit
    )
    {
        var exclusions = DesignExclusions.None;
        while (true)
        {
            var design = problem.Chunks is null
                ? DesignBuilder.Build(inputs, terms, problem.Weight, problem.Threads, exclusions)
                : ChunkedDesign.Build(problem, inputs, terms, exclusions, cancellation);
            RefuseWide(problem, design);
            RefuseLarge(design);
            var elimination = design.Order.Length > limit ? Eliminated(design, limit) : null;
            var (states, plain) = ColumnStates.Of(problem, design, elimination, cancellation);
            var next = plain ? DesignExclusions.None with { Plain = true } : Exclusions(design, states);
            if (next.IsNoMoreThan(exclusions))
                return new(design, states) { Elimination = elimination };
            exclusions = exclusions.And(next);
        }
    }

    /// <summary>
    /// An aliased column of block 0 must leave the basis, or it would come back as a part of later ones. A term whose constant is
    /// carried by an aliased cell must keep its constant.
    /// </summary>
    static DesignExclusions Exclusions(GlmDesign design, ColumnState[] states)
    {
        var (dense, uncentred) = (new HashSet<int>(), new HashSet<int>());
        var aliased = new HashSet<int>(design.Order.Where((_, i) => states[i] == ColumnState.Aliased));
        dense.UnionWith(aliased.Where(full => full < design.Blocks[0].Width));
        foreach (var change in design.Changes.Where(change => change.ConstantStart >= 0))
        {
            for (var cell = 0; cell < change.Block.CellCount; cell++)
            {
                var first = change.Block.Start + cell * change.Block.Width;
                var columns = Enumerable.Range(first, change.Block.Width);
                if (aliased.Contains(change.ConstantStart + cell) && columns.Any(full => !aliased.Contains(full)))
                    uncentred.Add(Array.IndexOf(design.TermStarts, change.Block.Start));
            }
        }
        return new(dense, uncentred);
    }

    /// <summary>The factor to solve for first; refuses a model that would need the information matrix of all its coefficients.</summary>
    static LevelElimination Eliminated(GlmDesign design, int limit)
    {
        var elimination = LevelElimination.Of(design, limit);
        if (elimination is null)
        {
            var largest = design.Terms.MaxBy(term => term.ColumnCount)!;
            GlmErrors.ThrowTooManyCoefficients(design.Order.Length, largest.Name, largest.ColumnCount, limit);
        }
        return elimination;
    }

    /// <summary>Refuses what would not fit into memory: the sums of pairs of levels.</summary>
    static void RefuseLarge(GlmDesign design)
    {
        var largest = design.Terms.OrderByDescending(term => term.ColumnCount).Take(2).ToArray();
        if (ProductLayout.LengthOf(design.Gathered.Blocks) > ProductLimit)
            GlmErrors.ThrowTooManyPairs(largest[0], largest[^1]);
    }

    static void RefuseWide(GlmProblem problem, GlmDesign design)
    {
        if (design.Order.Length <= problem.RowCount)
            return;
        var largest = design.Terms.MaxBy(term => term.ColumnCount)!;
        GlmErrors.ThrowWide(design.Order.Length, problem.RowCount, largest.Name, largest.ColumnCount);
    }
}

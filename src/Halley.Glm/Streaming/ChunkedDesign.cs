namespace Halley.Glm;

/// <summary>The design of rows outside memory: settled once over all of them, then made anew for each chunk that a pass is at.</summary>
sealed class ChunkedDesign
{
    readonly GlmProblem problem;
    readonly LearnInputs inputs;
    readonly IReadOnlyList<DesignTerm> terms;
    readonly DesignExclusions exclusions;
    readonly Dictionary<int, ColumnBasis> bases = [];
    GlmDesign? whole;
    SettledNumbers? numbers;

    ChunkedDesign(GlmProblem problem, LearnInputs inputs, IReadOnlyList<DesignTerm> terms, DesignExclusions exclusions) =>
        (this.problem, this.inputs, this.terms, this.exclusions) = (problem, inputs, terms, exclusions);

    internal int RowCount => problem.RowCount;

    /// <summary>Which columns of block 0 are not all ones.</summary>
    internal bool[] Varying { get; private set; } = [false];

    /// <summary>The design of all rows: shapes, order and bases, no values.</summary>
    internal static GlmDesign Build(
        GlmProblem problem,
        LearnInputs inputs,
        IReadOnlyList<DesignTerm> terms,
        DesignExclusions exclusions,
        CancellationToken cancellation
    )
    {
        var chunked = new ChunkedDesign(problem, inputs, terms, exclusions);
        if (!exclusions.Plain && NumberPlan.Of(terms, inputs) is { } plan)
            chunked.Settle(plan, cancellation);
        else if (terms.Any(term => term is { IsMapped: false, Encoded.Bases.Count: > 0 }))
            chunked.FindBases(cancellation);
        else
            chunked.bases.Add(-1, new(1, exclusions.DenseColumns));
        var empty = inputs.On(problem.Chunks!.Empty);
        var builder = new DesignBuilder(empty, terms, [], 1) { Basis = (t, _, _) => chunked.bases[t], Numbers = chunked.numbers };
        return chunked.whole = builder.Build(exclusions, chunked);
    }

    /// <summary>The constant alone.</summary>
    internal static GlmDesign ConstantOnly(GlmProblem problem)
    {
        var nothing = new LearnInputs(problem.Chunks!.Empty, problem.Threads);
        return Build(problem, nothing, [], DesignExclusions.None, default);
    }

    /// <summary>The design on a chunk.</summary>
    internal GlmDesign On(RowChunk chunk)
    {
        var builder = new DesignBuilder(inputs.On(chunk.Columns), terms, chunk.Weight, problem.Threads)
        {
            Whole = whole,
            Numbers = numbers,
            Basis = (t, columns, _) =>
            {
                bases[t].Replay(columns, problem.Threads);
                return bases[t];
            },
        };
        return builder.Build(exclusions);
    }

    /// <summary>Tables of numbers from the weights of their cells: one pass.</summary>
    void Settle(NumberPlan plan, CancellationToken cancellation)
    {
        var weights = plan.NoWeights();
        problem.Chunks!.ForEach(
            problem,
            chunk =>
                NumberPlan.AddWeights(
                    plan.CodesOn(inputs.On(chunk.Columns), problem.Threads),
                    chunk.Weight,
                    problem.Threads,
                    weights
                ),
            cancellation
        );
        numbers = SettledNumbers.Of(plan, weights, exclusions, terms.Count);
    }

    /// <summary>All internal bases, a round of each in every pass, and then which columns vary.</summary>
    void FindBases(CancellationToken cancellation)
    {
        var total = problem.WeightSum;
        for (var changed = true; changed; )
        {
            var products = new Dictionary<int, double[]>();
            Varying = [];
            problem.Chunks!.ForEach(problem, chunk => AddProducts(chunk, products), cancellation);
            changed = false;
            foreach (var (t, sums) in products)
                changed |= bases[t].Next(sums, total);
        }
        for (var j = 0; j < Varying.Length; j++)
            Varying[j] |= bases[-1].Dependent[j];
    }

    void AddProducts(RowChunk chunk, Dictionary<int, double[]> products)
    {
        var builder = new DesignBuilder(inputs.On(chunk.Columns), terms, chunk.Weight, problem.Threads)
        {
            Basis = (t, columns, excluded) =>
            {
                if (!bases.TryGetValue(t, out var basis))
                    bases.Add(t, basis = new(columns.Length, excluded));
                basis.Replay(columns, problem.Threads);
                if (!basis.IsSettled)
                {
                    if (!products.TryGetValue(t, out var sums))
                        products.Add(t, sums = new double[columns.Length * columns.Length]);
                    ColumnBasis.AddProducts(columns, chunk.Weight, problem.Threads, sums);
                }
                if (t < 0)
                    NoteVarying(columns);
                return basis;
            },
        };
        builder.Build(exclusions);
    }

    void NoteVarying(double[][] columns)
    {
        if (Varying.Length == 0)
            Varying = new bool[columns.Length];
        for (var j = 0; j < columns.Length; j++)
            Varying[j] |= columns[j].AsSpan().ContainsAnyExcept(1.0);
    }
}

using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Builds the design of a penalised fit: each column by itself, so that its coefficient is the declared one up to a scale.</summary>
/// <remarks>
/// Numbers are centred, which the free constant takes back, and divided by their standard deviation; both without change to the
/// model, since the penalty is measured in declared coefficients. An orthogonal basis, as of fits without a penalty, would mix them.
/// </remarks>
sealed class PenalisedDesigner(GlmProblem problem, LearnInputs inputs, IReadOnlyList<DesignTerm> terms)
{
    readonly List<DesignBlock> blocks = [];
    readonly List<ColumnScaling> scalings = [];
    readonly int[] starts = new int[terms.Count];
    readonly Lazy<double> weightSum = new(() => problem.WeightSum);

    const int ManyColumns = 16;

    /// <summary>Means and scales of the columns, found on all rows; null where they are found here.</summary>
    internal ColumnMeasures? Measures { get; init; }

    /// <summary>The design of all rows, where these are a part of them; null elsewhere.</summary>
    internal GlmDesign? Whole { get; init; }

    /// <param name="allLevels">Whether base levels of factors by themselves have a column too.</param>
    internal static GlmDesign Build(
        GlmProblem problem,
        LearnInputs inputs,
        IReadOnlyList<DesignTerm> terms,
        bool allLevels,
        CancellationToken cancellation
    )
    {
        if (problem.Chunks is not { } chunks)
            return new PenalisedDesigner(problem, inputs, terms).Build(allLevels);
        var measures = ColumnMeasures.Of(problem, inputs, terms, cancellation);
        GlmDesign? whole = null;
        var empty = problem with { Target = [], Weight = [], Offset = [], Chunks = null };
        whole = new PenalisedDesigner(empty, inputs.On(chunks.Empty), terms) { Measures = measures }.Build(
            allLevels,
            problem.RowCount,
            chunk =>
                new PenalisedDesigner(empty with { Target = chunk.Target }, inputs.On(chunk.Columns), terms)
                {
                    Measures = measures,
                    Whole = whole,
                }.Build(allLevels)
        );
        return whole;
    }

    internal GlmDesign Build(bool allLevels) => Build(allLevels, inputs.RowCount, null);

    GlmDesign Build(bool allLevels, int rowCount, Func<RowChunk, GlmDesign>? onChunk)
    {
        var encoded = Encode();
        AddNumbers(encoded);
        for (var t = 0; t < terms.Count; t++)
        {
            if (terms[t].Encoded.Coders.Count > 0)
                AddLevels(t, encoded[t]);
        }
        return new()
        {
            RowCount = rowCount,
            Whole = Whole,
            // A column in standard deviations from its mean is never all ones.
            Varying = onChunk is null ? null : [.. Enumerable.Range(0, blocks[0].Width).Select(j => j > 0)],
            OnChunk = onChunk,
            Blocks = blocks,
            Terms = terms,
            TermStarts = starts,
            Order = Whole?.Order ?? [0, .. Enumerable.Range(0, terms.Count).SelectMany(t => OrderOf(t, allLevels))],
            Changes = [],
            Scalings = scalings,
        };
    }

    /// <summary>Standard deviation of each column under given weights, in the design's units; shape (order). 1 for what the scale leaves alone.</summary>
    internal static double[] Spreads(GlmDesign design, PenaltyScale scale, GlmProblem problem, CancellationToken cancellation)
    {
        var spreads = new double[design.Order.Length];
        Array.Fill(spreads, 1);
        if (scale == PenaltyScale.None)
            return spreads;
        var levels = scale == PenaltyScale.All;
        var total = problem.WeightSum;
        var moments = new double[2 * design.FullColumnCount];
        problem.ForEach(
            design,
            (part, columns) =>
                RowBlocks.Accumulate(
                    part.RowCount,
                    part.Threads,
                    moments,
                    (block, partial) => AddMoments(columns, levels, part.Weight, block, partial),
                    cancellation
                ),
            cancellation
        );
        for (var i = 1; i < spreads.Length; i++)
        {
            var (mean, square) = (moments[design.Order[i]] / total, moments[design.FullColumnCount + design.Order[i]] / total);
            if (levels || !design.IsLevelOnly(design.Order[i]))
                spreads[i] = Math.Sqrt(Math.Max(square - mean * mean, 0));
        }
        return spreads;
    }

    static void AddMoments(GlmDesign design, bool levels, double[] weight, RowBlock rows, Span<double> moments)
    {
        var w = rows.Of(weight);
        var means = moments[..design.FullColumnCount];
        var squares = moments[design.FullColumnCount..];
        foreach (var block in design.Blocks)
        {
            if (block.Columns.Length == 0 && !levels)
                continue;
            block.AddProducts(w, rows.Start, means);
            if (block.Columns.Length == 0)
            {
                // The square of an indicator is itself.
                block.AddProducts(w, rows.Start, squares);
                continue;
            }
            for (var j = 0; j < block.Width; j++)
            {
                var column = rows.Of(block.Columns[j]);
                for (var i = 0; i < w.Length; i++)
                {
                    var cell = block.Codes is null ? 0 : block.Codes[rows.Start + i];
                    squares[block.Start + cell * block.Width + j] += w[i] * column[i] * column[i];
                }
            }
        }
    }

    /// <summary>Numbers that are used as they are need no more than a copy; other terms go the usual way.</summary>
    internal EncodedColumns[] Encode()
    {
        var encoded = new EncodedColumns[terms.Count];
        int[] others = [.. Enumerable.Range(0, terms.Count).Where(t => !IsPlain(terms[t]))];
        var theirs = new DesignBuilder(inputs, [.. others.Select(t => terms[t])], problem.Weight, problem.Threads).Encode();
        for (var i = 0; i < others.Length; i++)
            encoded[others[i]] = theirs[i];
        WorkItems.For(
            terms.Count,
            problem.Threads,
            t =>
            {
                if (!IsPlain(terms[t]))
                    return;
                var basis = terms[t].Encoded.Bases[0];
                var column = GC.AllocateUninitializedArray<double>(inputs.RowCount);
                inputs.Read(basis.Input, 0, column);
                basis.Evaluate(column, column);
                encoded[t] = new(null, [column]);
            }
        );
        return encoded;
    }

    static bool IsPlain(DesignTerm term) => term.Encoded is { Coders.Count: 0, Bases: [IdentityBasis] };

    void AddNumbers(EncodedColumns[] encoded)
    {
        var ones = new double[inputs.RowCount];
        Array.Fill(ones, 1);
        var columns = new List<double[]> { ones };
        for (var t = 0; t < terms.Count; t++)
        {
            if (terms[t].Encoded.Coders.Count > 0)
                continue;
            starts[t] = columns.Count;
            columns.AddRange(encoded[t].Columns);
        }
        var (scales, means) = (new double[columns.Count], new double[columns.Count]);
        (scales[0], means[0]) = (1, 0);
        // Many columns are shared out among threads, few of them by rows.
        var byColumn = columns.Count > ManyColumns;
        WorkItems.For(
            columns.Count - 1,
            byColumn ? problem.Threads : 1,
            j =>
                (means[j + 1], scales[j + 1]) = Standardise(
                    columns[j + 1],
                    Measures?.Numbers[j],
                    centre: true,
                    byColumn ? 1 : problem.Threads
                )
        );
        blocks.Add(new(0, 1, null, [.. columns]));
        scalings.Add(new(blocks[0], means, scales));
    }

    void AddLevels(int t, EncodedColumns encoded)
    {
        starts[t] = blocks[^1].Start + blocks[^1].FullColumnCount;
        var block = new DesignBlock(starts[t], terms[t].Encoded.CellCount, encoded.Cells, encoded.Columns);
        blocks.Add(block);
        if (encoded.Columns.Length == 0)
            return;
        double[] scales =
        [
            .. encoded.Columns.Select(
                (column, j) => Standardise(column, Measures?.ByLevel[t][j], centre: false, problem.Threads).Scale
            ),
        ];
        scalings.Add(new(block, new double[block.Width], scales));
    }

    /// <param name="known">Mean and mean square around it, where they are found on all rows.</param>
    (double Mean, double Scale) Standardise(double[] column, (double Mean, double Square)? known, bool centre, int threads)
    {
        var (mean, square) = known ?? Measure(column, centre, threads);
        // What is left of a constant column after centring is rounding.
        var scale = square > 1e-24 * mean * mean ? Math.Sqrt(square) : 0;
        var factor = scale > 0 ? 1 / scale : 0;
        RowBlocks.For(column.Length, threads, rows => Panel.Standardise(mean, factor, rows.Of(column)));
        return (mean, scale > 0 ? scale : 1);
    }

    (double Mean, double Square) Measure(double[] column, bool centre, int threads)
    {
        var weight = problem.Weight;
        var mean = centre
            ? RowBlocks.Sum(column.Length, threads, rows => Reduce.Dot(rows.Of(weight), rows.Of(column))) / weightSum.Value
            : 0;
        var square =
            RowBlocks.Sum(column.Length, threads, rows => Panel.SquaresAround(mean, rows.Of(weight), rows.Of(column)))
            / weightSum.Value;
        return (mean, square);
    }

    IEnumerable<int> OrderOf(int t, bool allLevels)
    {
        var (term, width) = (terms[t], terms[t].Encoded.Width);
        var whole = allLevels && term.Parts is [{ Coder: not null }];
        for (var cell = 0; cell < term.Encoded.CellCount; cell++)
        {
            if (term.IsBase(cell) && !whole)
                continue;
            for (var column = 0; column < width; column++)
                yield return starts[t] + cell * width + column;
        }
    }
}

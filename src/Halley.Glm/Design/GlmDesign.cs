namespace Halley.Glm;

/// <summary>The design matrix, by block: never written out with its zeros.</summary>
/// <remarks>
/// Block 0 holds the constant and all columns of terms without levels; each term with levels has a block of its own. "Full" columns
/// count every level and cell; <see cref="Order"/> lists those that the model has, in the declared order. Columns of numbers
/// are in the internal basis (<see cref="ColumnBasis"/>); <see cref="ToDeclared"/> brings coefficients back.
/// </remarks>
sealed class GlmDesign
{
    internal required int RowCount { get; init; }

    internal required IReadOnlyList<DesignBlock> Blocks { get; init; }

    internal required IReadOnlyList<DesignTerm> Terms { get; init; }

    /// <summary>First full column of each term, shape (terms); a term without levels has Width columns there.</summary>
    internal required int[] TermStarts { get; init; }

    /// <summary>Full columns of the model in declared order, the constant first: base levels are left out, aliased ones are not.</summary>
    internal required int[] Order { get; init; }

    internal required IReadOnlyList<BasisChange> Changes { get; init; }

    /// <summary>In place of <see cref="Changes"/> where each column stands for a declared one.</summary>
    internal IReadOnlyList<ColumnScaling> Scalings { get; init; } = [];

    /// <summary>Quadratic penalties of smooths and of levels by credibility.</summary>
    internal IReadOnlyList<TermPenalty> Penalties { get; init; } = [];

    /// <summary>The blocks as rows meet them: a smooth's has a column for each bin. The same list where there is no smooth.</summary>
    internal BinGathering Gathered => field ??= Whole is null ? new(Blocks, RowCount, Varying) : new(Blocks, Whole.Gathered);

    /// <summary>The design of all rows, where this is the design of a part of them; null elsewhere.</summary>
    internal GlmDesign? Whole { get; init; }

    /// <summary>Where rows are outside memory: which columns of block 0 are not all ones. Null elsewhere.</summary>
    internal bool[]? Varying { get; init; }

    /// <summary>Where rows are outside memory: the design on a chunk of them. Null elsewhere.</summary>
    internal Func<RowChunk, GlmDesign>? OnChunk { get; init; }

    internal int FullColumnCount => Blocks[^1].Start + Blocks[^1].FullColumnCount;

    /// <summary>The same design with another choice of full columns.</summary>
    internal GlmDesign WithOrder(int[] order) =>
        new()
        {
            RowCount = RowCount,
            Blocks = Blocks,
            Terms = Terms,
            TermStarts = TermStarts,
            Order = order,
            Changes = Changes,
            Scalings = Scalings,
            Whole = Whole,
            Varying = Varying,
            OnChunk = OnChunk,
        };

    /// <summary>Coefficients before any is fitted: those that are given, and zeros. Internal basis, shape (full columns).</summary>
    /// <remarks>A term with given coefficients is of levels alone and carries no other term's constant, so they are the same in both bases.</remarks>
    internal double[] GivenBeta()
    {
        var beta = new double[FullColumnCount];
        for (var t = 0; t < Terms.Count; t++)
        {
            foreach (var (cell, coefficient) in Terms[t].Fixed)
                beta[TermStarts[t] + cell] = coefficient;
        }
        return beta;
    }

    /// <summary>The constant alone.</summary>
    internal static GlmDesign ConstantOnly(int rowCount)
    {
        var ones = new double[rowCount];
        Array.Fill(ones, 1);
        return new()
        {
            RowCount = rowCount,
            Blocks = [new(0, 1, null, [ones])],
            Terms = [],
            TermStarts = [],
            Order = [0],
            Changes = [],
        };
    }

    /// <summary>Whether a full column stands for a level or cell by itself, without numbers.</summary>
    internal bool IsLevelOnly(int full) => BlockOf(full) is { Codes: not null, Columns.Length: 0, Bins: null };

    /// <summary>Whether a quadratic penalty holds a full column.</summary>
    internal bool IsPenalised(int full) => Penalties.Any(penalty => full >= penalty.Start && full < penalty.Start + penalty.Size);

    /// <summary>The block that holds a full column.</summary>
    internal DesignBlock BlockOf(int full) => Blocks.Last(block => block.Start <= full);

    /// <summary>Term, cell and column of a full column other than the constant.</summary>
    internal (DesignTerm Term, int Cell, int Column) Locate(int full)
    {
        var best = -1;
        for (var t = 0; t < Terms.Count; t++)
        {
            if (TermStarts[t] <= full && (best < 0 || TermStarts[t] > TermStarts[best]))
                best = t;
        }
        var (cell, column) = Math.DivRem(full - TermStarts[best], Terms[best].Width);
        return (Terms[best], cell, column);
    }

    /// <summary>Coefficients in the order of <see cref="Order"/> as full columns, the others 0. Shape (full columns).</summary>
    internal double[] ToFull(ReadOnlySpan<double> inOrder)
    {
        var full = new double[FullColumnCount];
        for (var i = 0; i < inOrder.Length; i++)
            full[Order[i]] = inOrder[i];
        return full;
    }

    /// <summary>Coefficients of the internal basis to those of the declared columns, in place. Shape (full columns).</summary>
    internal void ToDeclared(Span<double> coefficients)
    {
        foreach (var change in Changes)
            change.ToDeclared(coefficients);
        foreach (var scaling in Scalings)
            scaling.ToDeclared(coefficients);
    }

    /// <summary>eta = offset + design·beta for rows start … start + n − 1; shape (n).</summary>
    /// <param name="beta">As rows meet it: <see cref="BinGathering.Spread"/> of the internal basis.</param>
    internal void Predict(ReadOnlySpan<double> beta, ReadOnlySpan<double> offset, int start, Span<double> eta)
    {
        offset.Slice(start, eta.Length).CopyTo(eta);
        foreach (var block in Gathered.Blocks)
            block.AddTo(eta, start, beta);
    }
}

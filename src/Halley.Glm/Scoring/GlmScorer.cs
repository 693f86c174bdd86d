using Halley.Data;

namespace Halley.Glm;

/// <summary>A fitted linear predictor: the constant plus a contribution of each term. Immutable, safe to share between threads.</summary>
public sealed partial class GlmScorer : IScorer
{
    /// <summary>Rows that are worked on at a time, on the stack.</summary>
    const int ChunkRows = 256;

    /// <summary>Doubles of the stack that one chunk may take.</summary>
    const int ChunkDoubles = 2048;

    readonly ScorerInput[] inputs;
    readonly ScorerTerm[] terms;
    readonly int scratchWidth;

    internal GlmScorer(IEnumerable<ScorerInput> inputs, double constant, IEnumerable<ScorerTerm> terms)
    {
        this.inputs = [.. inputs];
        this.terms = [.. terms];
        Constant = constant;
        TermNames = [.. this.terms.Select(term => term.Encoded.Name)];
        scratchWidth = this.terms.Select(term => term.Encoded.Bases.Count == 0 ? 0 : term.Encoded.ScratchWidth).Append(0).Max();
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScorerInput> Inputs => inputs;

    /// <summary>The constant of the linear predictor.</summary>
    public double Constant { get; }

    /// <summary>Names of the terms, in the order in which their contributions are added.</summary>
    public IReadOnlyList<string> TermNames { get; }

    internal IReadOnlyList<ScorerTerm> Terms => terms;

    /// <inheritdoc/>
    /// <remarks>A row with a value that no term knows, or that may not be missing, scores NaN.</remarks>
    public void Score(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta)
    {
        eta = eta[..block.RowCount];
        if (eta.Length == 1)
        {
            eta[0] = ScoreOne(block, inputSlots);
            return;
        }
        eta.Fill(Constant);
        foreach (var term in terms)
            AddTerm(term, block, inputSlots, eta);
    }

    /// <summary>Contributions of the terms to the linear predictor: with <see cref="Constant"/> they add up to the score.</summary>
    /// <param name="contributions">Shape (terms × n): all rows of the first term, then of the next.</param>
    public void Contributions(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> contributions)
    {
        var n = block.RowCount;
        for (var t = 0; t < terms.Length; t++)
        {
            var own = contributions.Slice(t * n, n);
            own.Clear();
            AddTerm(terms[t], block, inputSlots, own);
        }
    }

    /// <summary>The score of the block's only row: the sums of a batch in the same order, without its loops.</summary>
    double ScoreOne(SlotBlock block, ReadOnlySpan<int> inputSlots)
    {
        Span<double> scratch = stackalloc double[scratchWidth];
        var eta = Constant;
        foreach (var term in terms)
        {
            var cell = term.HasLevels ? term.Encoded.CellOfOne(block, inputSlots) : 0;
            if (!term.HasNumbers)
            {
                eta += term.Padded[cell + 1];
                continue;
            }
            var columns = term.Encoded.ColumnsOfOne(block, inputSlots, scratch);
            var coefficients = term.Coefficients.AsSpan(Math.Max(cell, 0) * columns.Length, columns.Length);
            for (var j = 0; j < columns.Length; j++)
                eta += cell < 0 ? double.NaN : coefficients[j] * columns[j];
        }
        return eta;
    }

    void AddTerm(ScorerTerm term, SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta)
    {
        var chunk = Math.Clamp(ChunkDoubles / Math.Max(scratchWidth, 1), 1, ChunkRows);
        chunk = Math.Min(chunk, eta.Length);
        Span<int> codes = stackalloc int[2 * chunk];
        Span<double> scratch = stackalloc double[term.HasNumbers ? term.Encoded.ScratchWidth * chunk : 0];
        for (var start = 0; start < eta.Length; start += chunk)
        {
            var n = Math.Min(chunk, eta.Length - start);
            AddChunk(term, block, inputSlots, start, eta.Slice(start, n), codes, scratch);
        }
    }

    static void AddChunk(
        ScorerTerm term,
        SlotBlock block,
        ReadOnlySpan<int> inputSlots,
        int start,
        Span<double> eta,
        Span<int> codes,
        Span<double> scratch
    )
    {
        var (encoded, coefficients, n) = (term.Encoded, term.Coefficients, eta.Length);
        var cells = codes[..n];
        if (term.HasLevels)
            encoded.Cells(block, inputSlots, start, cells, codes[n..]);
        if (!term.HasNumbers)
        {
            if (n == 1)
                eta[0] += term.Padded[cells[0] + 1];
            else
                Kernels.CellSums.AddValuesAfterFirst(cells, term.Padded, eta);
            return;
        }
        var columns = encoded.Columns(block, inputSlots, start, n, scratch);
        for (var j = 0; j < encoded.Width; j++)
        {
            var column = columns.Slice(j * n, n);
            if (!term.HasLevels)
            {
                Kernels.Reduce.AddScaled(coefficients[j], column, eta);
                continue;
            }
            for (var i = 0; i < n; i++)
                eta[i] += cells[i] < 0 ? double.NaN : coefficients[cells[i] * encoded.Width + j] * column[i];
        }
    }
}

using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>Rows to fit, checked: all weights are positive and every target lies in the family's domain.</summary>
sealed record GlmProblem
{
    internal required Family Family { get; init; }

    internal required Link Link { get; init; }

    /// <summary>Shape (n).</summary>
    internal required double[] Target { get; init; }

    /// <summary>Prior weights, shape (n).</summary>
    internal required double[] Weight { get; init; }

    /// <summary>On the link scale, shape (n).</summary>
    internal required double[] Offset { get; init; }

    /// <summary>Weighted exposure, by which levels count; the weight where there is no exposure. Shape (n).</summary>
    internal double[] Size
    {
        get => field ?? Weight;
        init;
    }

    internal required int Threads { get; init; }

    /// <summary>Where the rows are outside memory; the vectors are empty then. Null where these hold the rows.</summary>
    internal ChunkedRows? Chunks { get; init; }

    /// <summary>Row of the whole that these rows begin with, where they are a chunk of it; 0 elsewhere.</summary>
    internal int FirstRow { get; init; }

    /// <summary>Where rows are outside memory: other weights for the rows of a chunk, 0 for those that take no part. Null for their own.</summary>
    internal Func<GlmProblem, double[]>? Reweigh { get; init; }

    internal int RowCount => Chunks?.RowCount ?? Target.Length;

    /// <summary>Shows the rows beside their part of the design: all at once where they are in memory, else chunk after chunk.</summary>
    internal void ForEach(GlmDesign design, Action<GlmProblem, GlmDesign> work, CancellationToken cancellation)
    {
        if (Chunks is null)
            work(this, design);
        else
            Chunks.ForEach(this, design, work, cancellation);
    }

    /// <summary>Shows target, weight, offset and size of the rows: all at once where they are in memory, else chunk after chunk.</summary>
    internal void ForEach(Action<GlmProblem> work)
    {
        if (Chunks is null)
            work(this);
        else
            Chunks.ForEach(this, work);
    }

    /// <summary>Σ over blocks of rows, in their order.</summary>
    internal double Sum(Func<GlmProblem, RowBlock, double> work)
    {
        var sum = 0.0;
        ForEach(rows =>
        {
            foreach (var part in RowBlocks.Map(rows.RowCount, Threads, block => work(rows, block)))
                sum += part;
        });
        return sum;
    }

    /// <summary>Pearson's estimate Σ w·(y − μ)²/V / (n − rank), or 1 where the family fixes it. NaN without degrees of freedom.</summary>
    internal double DispersionAt(RowSums sums, double rank) =>
        Family.FixedDispersion ? 1
        : RowCount > rank ? sums.Pearson / (RowCount - rank)
        : double.NaN;

    /// <summary>Whether the target is a share of successes.</summary>
    internal bool IsBinomial => Family == Family.Binomial || Family == Family.QuasiBinomial;

    internal double WeightSum => Sum((rows, block) => Reduce.Sum(block.Of(rows.Weight)));

    /// <summary>Σ w·y / Σ w.</summary>
    internal double MeanTarget => Sum((rows, block) => Reduce.Dot(block.Of(rows.Weight), block.Of(rows.Target))) / WeightSum;
}

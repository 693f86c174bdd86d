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

    internal required int Threads { get; init; }

    internal int RowCount => Target.Length;

    /// <summary>Pearson's estimate Σ w·(y − μ)²/V / (n − rank), or 1 where the family fixes it. NaN without degrees of freedom.</summary>
    internal double DispersionAt(RowSums sums, double rank) =>
        Family.FixedDispersion ? 1
        : RowCount > rank ? sums.Pearson / (RowCount - rank)
        : double.NaN;

    /// <summary>Whether the target is a share of successes.</summary>
    internal bool IsBinomial => Family == Family.Binomial || Family == Family.QuasiBinomial;

    internal double WeightSum => RowBlocks.Sum(RowCount, Threads, block => Reduce.Sum(block.Of(Weight)));

    /// <summary>Σ w·y / Σ w.</summary>
    internal double MeanTarget =>
        RowBlocks.Sum(RowCount, Threads, block => Reduce.Dot(block.Of(Weight), block.Of(Target))) / WeightSum;
}

using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>Best cut of a number: values up to a bin go left, missing values to the side that gains more.</summary>
static class NumberSplits
{
    /// <summary>Bins that are looked at together.</summary>
    const int RunBins = 256;

    /// <summary>The best cut, or one without gain where none is allowed. Ties keep the lowest bin, then missing on the right.</summary>
    /// <param name="cells">Shape (BinCount), missing last; in whole units.</param>
    /// <param name="unit">What units are worth.</param>
    /// <param name="direction">1: the right side's value must not be smaller; −1: not larger; 0: free.</param>
    internal static NumberCut Find(
        ReadOnlySpan<GradientSums> cells,
        Vector256<double> unit,
        LeafToCut leaf,
        SplitRules rules,
        int direction,
        BinBounds? byBin = null
    )
    {
        var (missing, parent) = (cells[^1] * unit, leaf.Sums);
        if (missing.Rows == 0 && direction == 0 && byBin is null && rules.StepIsFree(leaf.Bounds))
            return FindFree(cells[..^1], unit, parent, rules);
        var hasMissing = missing.Rows > 0;
        var scan = new Scan(leaf, byBin is null ? null : new(byBin, leaf.Bounds, cells.Length, hasMissing), rules, direction);
        var left = default(GradientSums);
        // Behind the last value's bin there is a cut only where missing rows are left over.
        var end = hasMissing ? cells.Length - 1 : cells.Length - 2;
        for (var bin = 0; bin < end; bin++)
        {
            if (cells[bin].Rows == 0)
                continue;
            left += cells[bin] * unit;
            scan.Consider(bin, missingLeft: false, left);
            if (hasMissing)
                scan.Consider(bin, missingLeft: true, left + missing);
        }
        // Without missing rows to learn from, they follow the greater number.
        return hasMissing ? scan.Best : scan.Best with { MissingLeft = scan.Best.Left.Rows >= parent.Rows - scan.Best.Left.Rows };
    }

    /// <summary>The same where no row is missing and the Newton step is free: its gain has a closed form with one division.</summary>
    /// <param name="cells">Shape (ValueBins).</param>
    static NumberCut FindFree(ReadOnlySpan<GradientSums> cells, Vector256<double> unit, GradientSums parent, SplitRules rules)
    {
        var cuts = cells.Length - 1;
        Span<double> gradient = stackalloc double[RunBins];
        Span<double> hessian = stackalloc double[RunBins];
        Span<double> rows = stackalloc double[RunBins];
        var (left, best) = (Vector256<double>.Zero, FreeCuts.None);
        for (var start = 0; start < cuts; start += RunBins)
        {
            // 1. What is left of each cut, added up bin by bin.
            var run = cells.Slice(start, Math.Min(RunBins, cuts - start));
            for (var bin = 0; bin < run.Length; bin++)
            {
                left += run[bin].Lanes * unit;
                gradient[bin] = left.GetElement(0);
                hessian[bin] = left.GetElement(1);
                rows[bin] = left.GetElement(2);
            }
            // 2. The cut of the best score among them.
            best = FreeCuts.Best(best, start, gradient[..run.Length], hessian, rows, parent, rules);
        }
        if (best.Bin < 0)
            return NumberCut.None;
        var (own, other) = (best.Left, parent - best.Left);
        var gain =
            rules.Score(own, ValueBounds.None, rules.L2)
            + rules.Score(other, ValueBounds.None, rules.L2)
            - rules.Score(parent, ValueBounds.None, rules.L2);
        return gain > rules.MinimumGain ? new(gain, best.Bin, own.Rows >= other.Rows, own) : NumberCut.None;
    }

    struct Scan(LeafToCut leaf, SideBounds? sides, SplitRules rules, int direction)
    {
        readonly double parentScore = leaf.Score(rules, rules.L2);
        double floor = rules.MinimumGain;

        internal NumberCut Best { get; private set; } = NumberCut.None;

        internal void Consider(int bin, bool missingLeft, GradientSums left)
        {
            var right = leaf.Sums - left;
            if (!rules.Allow(left) || !rules.Allow(right))
                return;
            var (leftBounds, rightBounds) = sides?.Of(bin, missingLeft, left.Rows >= right.Rows) ?? (leaf.Bounds, leaf.Bounds);
            if (
                direction != 0
                && direction * (rules.Value(right, rightBounds, rules.L2) - rules.Value(left, leftBounds, rules.L2)) < 0
            )
                return;
            // Strictly greater, so ties keep the lowest bin: a refit on the same book must give the same tree.
            var gain = rules.Score(left, leftBounds, rules.L2) + rules.Score(right, rightBounds, rules.L2) - parentScore;
            if (gain > floor)
                (floor, Best) = (gain, new(gain, bin, missingLeft, left));
        }
    }
}

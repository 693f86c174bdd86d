using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>Best cut of a number: values up to a bin go left, missing values to the side that gains more.</summary>
static class NumberSplits
{
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
        var (left, whole, least) = (Vector256<double>.Zero, parent.Lanes, rules.Least);
        var (best, bestScore, bestLeft) = (-1, double.NegativeInfinity, default(GradientSums));
        for (var bin = 0; bin < cells.Length - 1; bin++)
        {
            left += cells[bin].Lanes * unit;
            var right = whole - left;
            if (!Vector256.GreaterThanOrEqualAll(Vector256.Min(left, right), least))
                continue;
            var (h, k) = (left.GetElement(1) + rules.L2, right.GetElement(1) + rules.L2);
            var (g, f) = (left.GetElement(0), right.GetElement(0));
            // G²/(H + λ) of both sides over a common denominator. Strictly greater, so ties and empty bins keep the lowest bin.
            var score = (g * g * k + f * f * h) / (h * k);
            if (score > bestScore)
                (best, bestScore, bestLeft) = (bin, score, new(left));
        }
        if (best < 0)
            return NumberCut.None;
        var other = parent - bestLeft;
        var gain =
            rules.Score(bestLeft, ValueBounds.None, rules.L2)
            + rules.Score(other, ValueBounds.None, rules.L2)
            - rules.Score(parent, ValueBounds.None, rules.L2);
        return gain > rules.MinimumGain ? new(gain, best, bestLeft.Rows >= other.Rows, bestLeft) : NumberCut.None;
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

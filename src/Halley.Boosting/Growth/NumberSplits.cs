using System.Runtime.Intrinsics;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Best cut of a number: values up to a bin go left, missing values to the side that gains more.</summary>
static class NumberSplits
{
    /// <summary>The best cut, or one without gain where none is allowed. Ties keep the lowest bin, then missing on the right.</summary>
    /// <param name="cells">Shape (BinCount), missing last; in whole units.</param>
    /// <param name="unit">What units are worth.</param>
    /// <param name="direction">1: the right side's value must not be smaller; −1: not larger; 0: free.</param>
    internal static NumberCut Find(
        LeafCells cells,
        Vector256<double> unit,
        LeafToCut leaf,
        SplitRules rules,
        int direction,
        CutScratch scratch,
        BinBounds? byBin = null
    )
    {
        var (missing, parent) = (cells[cells.Length - 1] * unit, leaf.Sums);
        if (missing.Rows == 0 && direction == 0 && byBin is null && rules.StepIsFree(leaf.Bounds))
            return FindFree(cells, unit, parent, rules, scratch);
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
    static NumberCut FindFree(LeafCells cells, Vector256<double> unit, GradientSums parent, SplitRules rules, CutScratch scratch)
    {
        var cuts = cells.Length - 2;
        var (sums, packedSum, best) = (default(GradientSums), 0L, FreeCuts.None);
        for (var start = 0; start < cuts; start += CutScratch.Cuts)
        {
            // 1. What is left of each cut, added up bin by bin in whole units.
            var count = Math.Min(CutScratch.Cuts, cuts - start);
            if (cells.IsPacked)
                packedSum = AddUp(packedSum, cells.Packed.Slice(start, count), unit, scratch);
            else
                sums = AddUp(sums, cells.Wide.Slice(start, count), unit, scratch);
            // 2. The cut of the best score among them.
            best = FreeCuts.Best(best, start, scratch.Gradient.AsSpan(0, count), scratch.Hessian, scratch.Rows, parent, rules);
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

    /// <summary>Running sums of a run of bins.</summary>
    /// <param name="before">Sum of the bins before.</param>
    /// <returns>Sum with the run's bins.</returns>
    static GradientSums AddUp(GradientSums before, ReadOnlySpan<GradientSums> run, Vector256<double> unit, CutScratch scratch)
    {
        var (gradient, hessian, rows) = (scratch.Gradient, scratch.Hessian, scratch.Rows);
        for (var bin = 0; bin < run.Length; bin++)
        {
            before += run[bin];
            var left = before.Lanes * unit;
            gradient[bin] = left.GetElement(0);
            hessian[bin] = left.GetElement(1);
            rows[bin] = left.GetElement(2);
        }
        return before;
    }

    /// <inheritdoc cref="AddUp(GradientSums, ReadOnlySpan{GradientSums}, Vector256{double}, CutScratch)"/>
    static long AddUp(long before, ReadOnlySpan<long> run, Vector256<double> unit, CutScratch scratch)
    {
        var left = scratch.Packed;
        for (var bin = 0; bin < run.Length; bin++)
        {
            before += run[bin];
            left[bin] = before;
        }
        var (gradientUnit, hessianUnit) = (unit.GetElement(0), unit.GetElement(1));
        for (var bin = 0; bin < run.Length; bin += 8)
        {
            var sums = PackedValue.ToDoubles(Vector512.Create(left, bin), gradientUnit, hessianUnit);
            sums.First.CopyTo(scratch.Gradient, bin);
            sums.Second.CopyTo(scratch.Hessian, bin);
            sums.Count.CopyTo(scratch.Rows, bin);
        }
        return before;
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

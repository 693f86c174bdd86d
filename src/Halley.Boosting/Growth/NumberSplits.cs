namespace Halley.Boosting;

/// <summary>Best cut of a number: values up to a bin go left, missing values to the side that gains more.</summary>
static class NumberSplits
{
    /// <summary>The best cut, or null where none is allowed. Ties keep the lowest bin, then missing on the right.</summary>
    /// <param name="cells">Shape (BinCount), missing last.</param>
    /// <param name="direction">1: the right side's value must not be smaller; −1: not larger; 0: free.</param>
    internal static Split? Find(
        int feature,
        ReadOnlySpan<GradientSums> cells,
        GradientSums parent,
        ValueBounds bounds,
        SplitRules rules,
        int direction
    )
    {
        var scan = new Scan(parent, bounds, rules, direction);
        var (left, missing) = (default(GradientSums), cells[^1]);
        var hasMissing = missing.Rows > 0;
        // Behind the last value's bin there is a cut only where missing rows are left over.
        var end = hasMissing ? cells.Length - 1 : cells.Length - 2;
        for (var bin = 0; bin < end; bin++)
        {
            if (cells[bin].Rows == 0)
                continue;
            left += cells[bin];
            scan.Consider(bin, missingLeft: false, left);
            if (hasMissing)
                scan.Consider(bin, missingLeft: true, left + missing);
        }
        if (scan.Bin < 0)
            return null;
        var goesLeft = new bool[cells.Length];
        goesLeft.AsSpan(0, scan.Bin + 1).Fill(true);
        var right = parent - scan.Left;
        // Without missing rows to learn from, they follow the greater number.
        goesLeft[^1] = hasMissing ? scan.MissingLeft : scan.Left.Rows >= right.Rows;
        return new(feature, scan.Gain, scan.Bin, goesLeft, scan.Left, right);
    }

    struct Scan(GradientSums parent, ValueBounds bounds, SplitRules rules, int direction)
    {
        readonly double parentScore = rules.Score(parent, bounds, rules.L2);

        internal double Gain { get; private set; } = rules.MinimumGain;

        internal int Bin { get; private set; } = -1;

        internal bool MissingLeft { get; private set; }

        internal GradientSums Left { get; private set; }

        internal void Consider(int bin, bool missingLeft, GradientSums left)
        {
            var right = parent - left;
            if (!rules.Allow(left) || !rules.Allow(right))
                return;
            if (direction != 0 && direction * (rules.Value(right, bounds, rules.L2) - rules.Value(left, bounds, rules.L2)) < 0)
                return;
            // Strictly greater, so ties keep the lowest bin: a refit on the same book must give the same tree.
            var gain = rules.Score(left, bounds, rules.L2) + rules.Score(right, bounds, rules.L2) - parentScore;
            if (gain > Gain)
                (Gain, Bin, MissingLeft, Left) = (gain, bin, missingLeft, left);
        }
    }
}

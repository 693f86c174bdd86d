namespace Halley.Statistics;

/// <summary>Rows in rising order of a score, with the rows of one score kept together.</summary>
/// <remarks>Figures over a ranking treat a tie as a whole, so that the order of rows in the file changes nothing.</remarks>
sealed class Ranking
{
    readonly int[] _order;
    readonly int[] _tieEnds;

    Ranking(int[] order, int[] tieEnds) => (_order, _tieEnds) = (order, tieEnds);

    /// <summary>Row numbers, lowest score first.</summary>
    internal ReadOnlySpan<int> Order => _order;

    /// <summary>Number of different scores.</summary>
    internal int TieCount => _tieEnds.Length;

    /// <summary>The rows of the tie-th lowest score.</summary>
    internal ReadOnlySpan<int> Tie(int tie)
    {
        var start = tie == 0 ? 0 : _tieEnds[tie - 1];
        return _order.AsSpan(start, _tieEnds[tie] - start);
    }

    /// <summary>Ranks rows by a score of shape (n).</summary>
    /// <exception cref="ArgumentException">A score is NaN; the message names its row.</exception>
    internal static Ranking Rising(ReadOnlySpan<double> score)
    {
        var keys = score.ToArray();
        var order = new int[keys.Length];
        for (var row = 0; row < order.Length; row++)
        {
            if (double.IsNaN(keys[row]))
                throw new ArgumentException($"row {row + 1}: NaN has no rank. Leave out rows without a score.", nameof(score));
            order[row] = row;
        }
        Array.Sort(keys, order);
        var ends = new List<int>();
        for (var i = 1; i <= keys.Length; i++)
            if (i == keys.Length || keys[i] != keys[i - 1])
                ends.Add(i);
        return new(order, [.. ends]);
    }

    /// <summary>Ranks rows by numerator/denominator; rows with both zero come first.</summary>
    internal static Ranking RisingRatio(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator)
    {
        var ratio = new double[numerator.Length];
        for (var row = 0; row < ratio.Length; row++)
            ratio[row] = Ratio(numerator[row], denominator.IsEmpty ? 1 : denominator[row]);
        return Rising(ratio);
    }

    internal static double Ratio(double numerator, double denominator) =>
        numerator == 0 && denominator == 0 ? double.NegativeInfinity : numerator / denominator;
}

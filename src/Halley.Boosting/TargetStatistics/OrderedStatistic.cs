namespace Halley.Boosting;

/// <summary>One statistic of a category or combination: (prior · portfolio + Σ good) / (prior + Σ volume) over the rows of a key.</summary>
/// <param name="Prior">In units of volume; of <see cref="StatisticKind.Volume"/> not used.</param>
readonly record struct OrderedStatistic(StatisticKind Kind, double Prior)
{
    /// <summary>
    /// What the learn rows are told: each by the rows before it; of volumes by all others, for the target has no part in them. Its own would
    /// tell a row that it stands alone, where a new row stands at nothing.
    /// </summary>
    /// <param name="order">Shape (n): rows, the first first.</param>
    internal double[] Ordered(CategoryKeys keys, StatisticVolumes volumes, int[] order)
    {
        var told = new double[order.Length];
        if (Kind == StatisticKind.Volume)
        {
            var all = Full(keys, volumes);
            for (var row = 0; row < told.Length; row++)
                told[row] = Math.Max(0, all[keys.PlaceOfRow[row]] - volumes.Volume[row]);
            return told;
        }
        var (sums, good, portfolio) = (new (double Good, double Volume)[keys.Count], GoodOf(volumes), PortfolioOf(volumes));
        foreach (var row in order)
        {
            ref var sum = ref sums[keys.PlaceOfRow[row]];
            told[row] = (Prior * portfolio + sum.Good) / (Prior + sum.Volume);
            sum = (sum.Good + good[row], sum.Volume + volumes.Volume[row]);
        }
        return told;
    }

    /// <summary>What is told of each key when rows are scored. Shape (keys).</summary>
    internal double[] Full(CategoryKeys keys, StatisticVolumes volumes)
    {
        var (sums, good) = (new (double Good, double Volume)[keys.Count], GoodOf(volumes));
        for (var row = 0; row < good.Length; row++)
        {
            ref var sum = ref sums[keys.PlaceOfRow[row]];
            sum = (sum.Good + good[row], sum.Volume + volumes.Volume[row]);
        }
        var (kind, prior, portfolio) = (Kind, Prior, PortfolioOf(volumes));
        return Array.ConvertAll(
            sums,
            sum => kind == StatisticKind.Volume ? sum.Volume : (prior * portfolio + sum.Good) / (prior + sum.Volume)
        );
    }

    /// <summary>What is told of a key that no learn row has.</summary>
    internal double Unknown(StatisticVolumes volumes) => Kind == StatisticKind.Volume ? 0 : PortfolioOf(volumes);

    double[] GoodOf(StatisticVolumes volumes) => Kind == StatisticKind.Share ? volumes.Above : volumes.Actual;

    double PortfolioOf(StatisticVolumes volumes) => Kind == StatisticKind.Share ? volumes.Share : volumes.Mean;
}

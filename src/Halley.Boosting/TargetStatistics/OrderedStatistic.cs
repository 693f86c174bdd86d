namespace Halley.Boosting;

/// <summary>One statistic of a category or combination: (prior · portfolio + Σ good) / (prior + Σ volume) over the rows of a key.</summary>
/// <param name="Prior">In units of volume; of <see cref="StatisticKind.Volume"/> not used.</param>
readonly record struct OrderedStatistic(StatisticKind Kind, double Prior)
{
    /// <summary>
    /// What the learn rows are told: each by the rows before it; of volumes by all others, for the target has no part in them. Its own would
    /// tell a row that it stands alone, where a new row stands at nothing.
    /// </summary>
    internal double[] Ordered(CategoryKeys keys, RowsInOrder rows)
    {
        var told = new double[rows.Rows.Length];
        Tell(
            keys,
            rows,
            (some, values) =>
            {
                for (var i = 0; i < some.Length; i++)
                    told[some[i]] = values[i];
            }
        );
        return told;
    }

    /// <summary>The bins of what the learn rows are told. Shape (n).</summary>
    internal ushort[] OrderedBins(CategoryKeys keys, RowsInOrder rows, NumberBins bins)
    {
        var told = new ushort[rows.Rows.Length];
        Tell(
            keys,
            rows,
            (some, values) =>
            {
                Span<ushort> chunk = stackalloc ushort[NumberBins.ChunkRows];
                bins.Encode(values, chunk);
                for (var i = 0; i < some.Length; i++)
                    told[some[i]] = chunk[i];
            }
        );
        return told;
    }

    /// <summary>Takes some rows and what each is told, both of shape (rows).</summary>
    delegate void ToldRows(ReadOnlySpan<int> rows, ReadOnlySpan<double> values);

    void Tell(CategoryKeys keys, RowsInOrder rows, ToldRows take)
    {
        Span<double> told = stackalloc double[NumberBins.ChunkRows];
        var isVolume = Kind == StatisticKind.Volume;
        double[] all = isVolume ? Full(keys, rows.Volumes) : [];
        var sums = new (double Good, double Volume)[isVolume ? 0 : keys.Count];
        for (var start = 0; start < rows.Rows.Length; start += told.Length)
        {
            var some = rows.Rows.AsSpan(start, Math.Min(told.Length, rows.Rows.Length - start));
            var values = told[..some.Length];
            if (isVolume)
                TellVolumes(all, keys, some, rows.Volume.AsSpan(start), values);
            else
                TellPast(sums, keys, rows, start, values);
            take(some, values);
        }
    }

    static void TellVolumes(
        double[] all,
        CategoryKeys keys,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<double> volume,
        Span<double> told
    )
    {
        for (var i = 0; i < rows.Length; i++)
            told[i] = Math.Max(0, all[keys.PlaceOfRow[rows[i]]] - volume[i]);
    }

    void TellPast((double Good, double Volume)[] sums, CategoryKeys keys, RowsInOrder rows, int start, Span<double> told)
    {
        var some = rows.Rows.AsSpan(start, told.Length);
        var volume = rows.Volume.AsSpan(start, told.Length);
        var good = (Kind == StatisticKind.Share ? rows.Above : rows.Actual).AsSpan(start, told.Length);
        var (prior, portfolio) = (Prior, Prior * PortfolioOf(rows.Volumes));
        for (var i = 0; i < told.Length; i++)
        {
            ref var sum = ref sums[keys.PlaceOfRow[some[i]]];
            told[i] = (portfolio + sum.Good) / (prior + sum.Volume);
            sum = (sum.Good + good[i], sum.Volume + volume[i]);
        }
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

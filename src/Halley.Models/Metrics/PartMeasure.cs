using Halley.Kernels;
using Halley.Statistics;
using StatisticsMetrics = Halley.Statistics.Metrics;

namespace Halley.Models;

/// <summary>The figures of one part of the data, from scored rows that come in any number of batches.</summary>
/// <remarks>
/// Sums are made over blocks of <see cref="RowBlocks.BlockSize"/> rows of the part, whatever batches bring them: rows in memory and rows
/// streamed from a file have the same figures, to the bit. Two rounds: <see cref="Add"/> all rows, then <see cref="AddPlain"/> all rows.
/// </remarks>
/// <param name="folder">Where rows are kept that have to be sorted; null to keep them in memory.</param>
sealed class PartMeasure(Family family, ExposureUse use, string? folder) : IDisposable
{
    /// <summary>Columns of a block: target, prediction, weight, years, rate.</summary>
    readonly double[][] block = [.. Enumerable.Range(0, 5).Select(_ => new double[RowBlocks.BlockSize])];

    readonly SortedTotals byPrediction = new(folder);
    readonly SortedTotals byActual = new(folder);
    readonly SortedTotals byScore = new(folder);
    int filled;
    bool hasYears;
    double weights;
    double sizes;
    double years;
    double deviance;
    double plainDeviance;
    double logLoss;
    double squares;
    bool hasNegative;
    bool hasPositive;

    public int RowCount { get; private set; }

    /// <summary>Weighted total of the target.</summary>
    public double Actual { get; private set; }

    /// <summary>Weighted total of the predictions.</summary>
    public double Predicted { get; private set; }

    /// <summary>Years at risk; null where there are none.</summary>
    public double? Exposure => hasYears ? years : null;

    bool CountsYears => hasYears && use == ExposureUse.Offset;

    /// <summary>Of rows in memory.</summary>
    public static PartMeasure Of(Family family, ScoredRows rows)
    {
        var measure = new PartMeasure(family, rows.Use, folder: null);
        measure.Add(rows);
        measure.Complete();
        measure.AddPlain(rows.Y, rows.Weight, rows.Exposure);
        measure.CompletePlain();
        return measure;
    }

    /// <summary>First round: rows with their predictions.</summary>
    public void Add(ScoredRows rows)
    {
        hasYears |= rows.Exposure is not null;
        RowCount += rows.RowCount;
        Fill([rows.Y, rows.Mu, rows.Weight, rows.Exposure ?? rows.Weight, rows.Rates], AddBlock);
    }

    /// <summary>Ends the first round.</summary>
    public void Complete() => Flush(AddBlock);

    /// <summary>Second round: the same rows against one rate for all.</summary>
    public void AddPlain(double[] target, double[] weight, double[]? exposure) =>
        Fill([target, target, weight, exposure ?? weight, target], AddPlainBlock);

    /// <summary>Ends the second round.</summary>
    public void CompletePlain() => Flush(AddPlainBlock);

    /// <summary>As an artefact lists them.</summary>
    public PartMetrics ToMetrics(DataPart part) =>
        new()
        {
            Part = part,
            Rows = RowCount,
            Exposure = Exposure,
            Actual = Actual,
            Predicted = Predicted,
            Values = Values(),
        };

    /// <summary>Finite figures only: one that the rows can't give is left out.</summary>
    public IReadOnlyList<Metric> Values()
    {
        var values = new List<Metric>
        {
            new("deviance", deviance / weights),
            // With exposure as offset the plain prediction knows the exposure too.
            new("devianceExplained", 1 - deviance / plainDeviance),
        };
        if (hasPositive && !hasNegative)
            values.Add(new("gini", GiniOf(byPrediction) / GiniOf(byActual)));
        if (family == Family.Binomial)
        {
            var shares = new RankedShares();
            byScore.ForEach((_, positives, negatives) => shares.Add(positives, negatives));
            values.AddRange([
                new("auc", shares.Auc),
                new("averagePrecision", shares.AveragePrecision),
                new("logLoss", logLoss / weights),
                new("brier", squares / weights),
            ]);
        }
        return [.. values.Where(metric => double.IsFinite(metric.Value))];
    }

    public void Dispose()
    {
        byPrediction.Dispose();
        byActual.Dispose();
        byScore.Dispose();
    }

    static double GiniOf(SortedTotals totals)
    {
        var sums = new LorenzSums();
        totals.ForEach((_, actual, exposure) => sums.Add(exposure, actual));
        return sums.Gini;
    }

    void Fill(double[][] rows, Action work)
    {
        for (var from = 0; from < rows[0].Length; )
        {
            var n = Math.Min(rows[0].Length - from, RowBlocks.BlockSize - filled);
            for (var c = 0; c < block.Length; c++)
                rows[c].AsSpan(from, n).CopyTo(block[c].AsSpan(filled));
            (from, filled) = (from + n, filled + n);
            if (filled == RowBlocks.BlockSize)
                Flush(work);
        }
    }

    void Flush(Action work)
    {
        if (filled > 0)
            work();
        filled = 0;
    }

    ReadOnlySpan<double> Column(int c) => block[c].AsSpan(0, filled);

    void AddBlock()
    {
        var y = Column(0);
        var mu = Column(1);
        var w = Column(2);
        var exposure = Column(3);
        var rate = Column(4);
        weights += Reduce.Sum(w);
        years += Reduce.Sum(exposure);
        sizes += CountsYears ? Reduce.Dot(w, exposure) : Reduce.Sum(w);
        Actual += Reduce.Dot(w, y);
        Predicted += Reduce.Dot(w, mu);
        deviance += family.Deviance(y, mu, w);
        for (var i = 0; i < y.Length; i++)
        {
            var (actual, size) = (w[i] * y[i], CountsYears ? w[i] * exposure[i] : w[i]);
            (hasNegative, hasPositive) = (hasNegative || actual < 0, hasPositive || actual > 0);
            if (hasNegative)
                continue;
            byPrediction.Add(rate[i], actual, size);
            byActual.Add(actual == 0 && size == 0 ? double.NegativeInfinity : actual / size, actual, size);
        }
        if (family == Family.Binomial)
            AddShares(y, mu, w);
    }

    void AddShares(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> w)
    {
        logLoss += StatisticsMetrics.LogLossSum(y, mu, w);
        squares += StatisticsMetrics.SquaredErrorSum(y, mu, w);
        // The highest score first.
        for (var i = 0; i < y.Length; i++)
            byScore.Add(-mu[i], w[i] * y[i], w[i] * (1 - y[i]));
    }

    void AddPlainBlock()
    {
        var plain = block[1].AsSpan(0, filled);
        var rate = Actual / sizes;
        for (var i = 0; i < plain.Length; i++)
            plain[i] = CountsYears ? rate * block[3][i] : rate;
        plainDeviance += family.Deviance(Column(0), plain, Column(2));
    }
}

using System.Buffers;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Makes the bins of each feature from the learn rows.</summary>
/// <param name="maximumBins">Value bins of a number at most.</param>
/// <param name="weight">Shape (n): bins share out this mass evenly; null: rows count alike.</param>
sealed class BinBuilder(int maximumBins, RowValues? weight)
{
    /// <summary>Where a number has more distinct values than bins, quantiles are those of about this many rows.</summary>
    internal const int SampleRows = 200_000;

    /// <summary>Names the draws of the sample; its seed is fixed, so that bins do not depend on the fit's seed.</summary>
    const ulong SampleStream = 0x62696e73;

    /// <exception cref="HalleyException">HLY2204: a feature is of a kind that trees can't use; HLY2205: too many levels.</exception>
    internal FeatureBins[] Build(Table learn, IReadOnlyList<string> names, int threads, CancellationToken cancellation)
    {
        var (features, sample) = (new FeatureBins[names.Count], Sample(learn));
        WorkItems.For(names.Count, threads, index => features[index] = Build(learn[names[index]], sample), cancellation);
        return features;
    }

    /// <summary>Bins of statistics.</summary>
    /// <param name="told">What the learn rows are told.</param>
    internal FeatureBins[] Build(
        IReadOnlyList<StatisticColumn> statistics,
        Table told,
        int threads,
        CancellationToken cancellation
    )
    {
        var (bins, sample) = (new FeatureBins[statistics.Count], Sample(told));
        WorkItems.For(bins.Length, threads, index => bins[index] = Build(statistics[index]), cancellation);
        return bins;

        NumberBins Build(StatisticColumn statistic)
        {
            var column = told[statistic.Name];
            return new(new(column.Name, column.Kind), CutsOf(column, sample)) { MadeOf = statistic.MadeOf };
        }
    }

    FeatureBins Build(Column column, Lazy<int[]> sample)
    {
        if (column is CategoricalColumn category)
            return CategoryBins.Of(category);
        if (column.Kind is not (FieldKind.Number or FieldKind.Boolean or FieldKind.Date))
            BoostingErrors.ThrowBadFeatureKind(column);
        return new NumberBins(new(column.Name, column.Kind), CutsOf(column, sample));
    }

    double[] CutsOf(Column column, Lazy<int[]> sample) =>
        DistinctValues.UpTo(maximumBins, column) is { } distinct
            ? QuantileCuts.Midpoints(distinct)
            : SampleCuts(column, sample.Value);

    /// <remarks>A column is read in parts, into rented room: copies of all columns would outweigh the bins.</remarks>
    double[] SampleCuts(Column column, ReadOnlySpan<int> rows)
    {
        var (sample, mass) = (ArrayPool<double>.Shared.Rent(rows.Length), ArrayPool<double>.Shared.Rent(rows.Length));
        var count = 0;
        Span<double> values = stackalloc double[1024];
        for (var start = 0; start < column.RowCount; start += values.Length)
        {
            var part = values[..Math.Min(values.Length, column.RowCount - start)];
            column.CopySlots(start, part);
            for (; !rows.IsEmpty && rows[0] < start + part.Length; rows = rows[1..])
            {
                if (!double.IsNaN(part[rows[0] - start]))
                    (sample[count], mass[count++]) = (part[rows[0] - start], weight?[rows[0]] ?? 1);
            }
        }
        var cuts = QuantileCuts.Of(sample.AsSpan(0, count), mass.AsSpan(0, count), maximumBins);
        ArrayPool<double>.Shared.Return(sample);
        ArrayPool<double>.Shared.Return(mass);
        return cuts;
    }

    /// <summary>The rows that quantiles are taken of, rising; the same for all columns of a table.</summary>
    static Lazy<int[]> Sample(Table table)
    {
        var share = (double)SampleRows / table.RowCount;
        return new(() =>
            [
                .. Enumerable
                    .Range(0, table.RowCount)
                    .Where(row => share >= 1 || CounterRandom.Uniform(0, SampleStream, (ulong)row) < share),
            ]
        );
    }
}

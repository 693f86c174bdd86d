using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Makes the bins of each feature from the learn rows.</summary>
/// <param name="maximumBins">Value bins of a number at most.</param>
/// <param name="weight">Shape (n): bins share out this mass evenly; null: rows count alike.</param>
sealed class BinBuilder(int maximumBins, double[]? weight)
{
    /// <summary>Where a number has more distinct values than bins, quantiles are those of about this many rows.</summary>
    internal const int SampleRows = 200_000;

    /// <summary>Names the draws of the sample; its seed is fixed, so that bins do not depend on the fit's seed.</summary>
    const ulong SampleStream = 0x62696e73;

    /// <exception cref="HalleyException">HLY2204: a feature is of a kind that trees can't use; HLY2205: too many levels.</exception>
    internal FeatureBins[] Build(Table learn, IReadOnlyList<string> names, int threads, CancellationToken cancellation)
    {
        var features = new FeatureBins[names.Count];
        WorkItems.For(names.Count, threads, index => features[index] = Build(learn[names[index]]), cancellation);
        return features;
    }

    /// <summary>Bins of a statistic.</summary>
    /// <param name="told">What the learn rows are told.</param>
    internal FeatureBins Build(StatisticColumn statistic, Column told) =>
        new NumberBins(new(told.Name, told.Kind), CutsOf(told)) { MadeOf = statistic.MadeOf };

    FeatureBins Build(Column column)
    {
        if (column is CategoricalColumn category)
            return CategoryBins.Of(category);
        if (column.Kind is not (FieldKind.Number or FieldKind.Boolean or FieldKind.Date))
            BoostingErrors.ThrowBadFeatureKind(column);
        return new NumberBins(new(column.Name, column.Kind), CutsOf(column));
    }

    double[] CutsOf(Column column) =>
        DistinctValues.UpTo(maximumBins, column) is { } distinct ? QuantileCuts.Midpoints(distinct) : SampleCuts(column);

    /// <remarks>A column is read in parts: a copy of it would outweigh the bins eight times.</remarks>
    double[] SampleCuts(Column column)
    {
        var (sample, mass) = (new List<double>(SampleRows), new List<double>(SampleRows));
        var share = (double)SampleRows / column.RowCount;
        Span<double> values = stackalloc double[1024];
        for (var start = 0; start < column.RowCount; start += values.Length)
        {
            var part = values[..Math.Min(values.Length, column.RowCount - start)];
            column.CopySlots(start, part);
            for (var i = 0; i < part.Length; i++)
            {
                var row = start + i;
                if (double.IsNaN(part[i]) || (share < 1 && CounterRandom.Uniform(0, SampleStream, (ulong)row) >= share))
                    continue;
                sample.Add(part[i]);
                mass.Add(weight is null ? 1 : weight[row]);
            }
        }
        return QuantileCuts.Of([.. sample], [.. mass], maximumBins);
    }
}

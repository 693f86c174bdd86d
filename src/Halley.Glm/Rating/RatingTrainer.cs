using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Stands in a learner's place for a tariff that is given: it fits nothing, and sums the learn rows by level.</summary>
public sealed class RatingTrainer(RatingTable table) : ITrainer
{
    /// <inheritdoc/>
    FitOutcome ITrainer.Fit(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation) =>
        Fit(set, progress, cancellation);

    /// <inheritdoc cref="ITrainer.Fit"/>
    /// <exception cref="HalleyException">HLY2142: the rows have levels that the table lacks.</exception>
    public RatingFit Fit(TrainingSet set, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        table.EnsureKnows(set.Learn);
        var vectors = TrainingVectors.Of(set, set.Learn);
        var (cells, means) = Read(set.Learn, vectors.Offset, progress, cancellation);
        return new()
        {
            Scorer = table.ToScorer(),
            Converged = true,
            Table = table,
            Relativities =
            [
                .. table.Factors.Select(
                    (factor, f) => new TermRelativities(factor.Name, Levels(factor, cells[f], set, vectors, means))
                ),
            ],
        };
    }

    /// <summary>Expected target of each learn row, exposure and offset applied. Shape (n).</summary>
    /// <exception cref="HalleyException">As <see cref="Fit"/>.</exception>
    public double[] MeansOf(TrainingSet set)
    {
        table.EnsureKnows(set.Learn);
        return Read(set.Learn, TrainingVectors.Of(set, set.Learn).Offset, progress: null, CancellationToken.None).Means;
    }

    /// <summary>Cells of each factor, and the rows' means.</summary>
    (List<int[]> Cells, double[] Means) Read(
        Table rows,
        double[] offset,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var slots = RatingSlots.Of(table, rows);
        var cells = new List<int[]>();
        var eta = Array.ConvertAll(offset, own => table.Constant + own);
        foreach (var factor in table.Factors)
        {
            progress?.Report(new("reading the tariff", (double)cells.Count / table.Factors.Count, factor.Name));
            cancellation.ThrowIfCancellationRequested();
            cells.Add(slots.CellsOf(factor));
            for (var row = 0; row < eta.Length; row++)
                eta[row] += factor.Coefficients[cells[^1][row]];
        }
        return (cells, Array.ConvertAll(eta, VectorMath.Exp));
    }

    static LevelRelativity[] Levels(RatingFactor factor, int[] cells, TrainingSet set, TrainingVectors vectors, double[] means)
    {
        var count = factor.Coefficients.Count;
        var (exposure, rows, observed, fitted) = (new double[count], new int[count], new double[count], new double[count]);
        // A rate's weight holds the years already.
        var years = set.Exposure is { } name && set.ExposureUse == ExposureUse.Offset ? set.Learn.Exposure(name).Years : default;
        for (var row = 0; row < cells.Length; row++)
        {
            var (cell, weight) = (cells[row], vectors.Weight[row]);
            exposure[cell] += years.IsEmpty ? weight : weight * years[row];
            rows[cell]++;
            observed[cell] += weight * vectors.Target[row];
            fitted[cell] += weight * means[row];
        }
        var ones = Enumerable.Range(0, count).Where(cell => factor.Coefficients[cell] == 0).ToList();
        var level = ones.Count == 0 ? -1 : ones.MaxBy(cell => exposure[cell]);
        var names = factor.CellNames;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(cell => new LevelRelativity
                {
                    Level = names[cell],
                    IsBase = cell == level,
                    IsFixed = true,
                    Coefficient = factor.Coefficients[cell],
                    StandardError = 0,
                    Lower = double.NaN,
                    Upper = double.NaN,
                    Exposure = exposure[cell],
                    RowCount = rows[cell],
                    Observed = observed[cell],
                    Fitted = fitted[cell],
                }),
        ];
    }
}

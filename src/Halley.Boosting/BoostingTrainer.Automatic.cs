using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

public sealed partial class BoostingTrainer
{
    const int AutomaticFolds = 5;

    /// <summary>Below this many rows folds tell nothing.</summary>
    const int FewestRows = 10;

    /// <summary>Names the draws of the folds.</summary>
    const ulong FoldStream = 0x666f6c6473;

    bool ChoosesRounds(TrainingSet set) => Options.AutomaticRounds && set.Validation is null && set.Learn.RowCount >= FewestRows;

    /// <summary>Rounds by folds, then trees on all rows.</summary>
    BoostingFit FitByFolds(TrainingSet set, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var given = Options with { AutomaticRounds = false };
        var folds = FoldsOf(set.Learn.RowCount);
        var search = new BoostingSearch(
            given,
            new()
            {
                Trials = 1,
                MaximumRounds = Options.Rounds,
                Threads = Threads,
            }
        )
        {
            Custom = Custom,
            FoldRows = FoldRows?.Invoke(folds),
        };
        var rounds = search.Run(set, folds, progress.Part(0, 0.8), cancellation).Best.Rounds;
        var prepared = Like(given).Prepare(set, progress.Part(0.8, 0.82), cancellation);
        return Like(given with { Rounds = rounds }).Grow(prepared, progress.Part(0.82, 1), cancellation);
    }

    BoostingTrainer Like(BoostingOptions others) =>
        new(others)
        {
            Custom = Custom,
            Threads = Threads,
            FoldRows = FoldRows,
        };

    /// <summary>Folds of equal size, drawn by row.</summary>
    int[] FoldsOf(int rowCount)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        Array.Sort(Array.ConvertAll(rows, row => CounterRandom.Bits(Options.Seed, FoldStream, (ulong)row)), rows);
        var folds = new int[rowCount];
        for (var place = 0; place < rowCount; place++)
            folds[rows[place]] = place % AutomaticFolds;
        return folds;
    }
}

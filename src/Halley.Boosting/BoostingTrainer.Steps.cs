using System.Globalization;
using Halley.Data;

namespace Halley.Boosting;

public sealed partial class BoostingTrainer
{
    BoostingLoss NewLoss() => Custom is null ? BoostingLoss.Of(Options) : new CustomLoss(Custom);

    TrainingVectors Vectors(TrainingSet set, Table rows, string part)
    {
        var vectors = TrainingVectors.Of(set, rows);
        TrainingChecks.Run(NewLoss(), set, part, vectors);
        return vectors;
    }

    PreparedSet Bin(
        TrainingSet set,
        TrainingVectors learn,
        Balance balance,
        double start,
        int threads,
        CancellationToken cancellation
    )
    {
        var builder = new BinBuilder(Options.MaximumBins, Options.WeightedBins ? learn.Weight : null);
        var features = builder.Build(set.Learn, set.Features, threads, cancellation);
        return new(set, balance, start)
        {
            Learn = new(BinnedTable.Of(set.Learn, features, threads, cancellation), learn, Numbers(set.Learn)),
            Validation = set.Validation is null
                ? null
                : new(
                    BinnedTable.Of(set.Validation, features, threads, cancellation),
                    Vectors(set, set.Validation, "validation"),
                    Numbers(set.Validation)
                ),
        };

        double[]?[]? Numbers(Table rows) => Options.LinearLeaves ? PreparedRows.NumbersOf(rows, features) : null;
    }

    BoostingRun NewRun(PreparedSet prepared, int member, int threads, CancellationToken cancellation)
    {
        var options = Options with { Seed = Options.Seed + (ulong)member };
        var (learn, validation) = prepared.Parts(NewLoss(), threads);
        return new(options, learn, validation, TrainingChecks.Directions(options, prepared.Set), threads, cancellation);
    }

    void Grow(BoostingRun run, int member, IProgress<FitProgress>? progress)
    {
        run.Derive();
        while (run.Rounds < Options.Rounds && !run.OutOfPatience && run.Grow())
        {
            run.Derive();
            var done = (member + (double)run.Rounds / Options.Rounds) / Options.AveragedSeeds;
            progress?.Report(new("trees", done, run.Latest));
        }
    }

    /// <summary>What would help where the fit stopped short of its best; null where nothing is amiss.</summary>
    string? Advice(int rounds, BoostingRun run)
    {
        if (rounds == 0)
            return "No cut was allowed: the model is a constant. Lower MinimumLeafRows, MinimumLeafHessian or MinimumGain.";
        if (run.Validated && rounds == Options.Rounds && !run.OutOfPatience)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Rounds ran out before patience did: the best is round {run.BestRound} of {rounds}. Raise Rounds or LearningRate."
            );
        return null;
    }
}

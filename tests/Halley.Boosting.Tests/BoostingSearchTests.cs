using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Settings are found by cross-validation, and what a trial says of itself is what its fits give.</summary>
public sealed class BoostingSearchTests
{
    static readonly BoostingOptions Poor = new()
    {
        LearningRate = 0.1,
        MaximumLeaves = 64,
        MinimumLeafRows = 10,
        MinimumLeafHessian = 0.1,
        L2 = 0.1,
        Patience = 20,
        ColumnShare = 1,
    };

    [Fact]
    public void A_search_beats_poor_settings_and_says_what_its_fits_give()
    {
        var (set, folds) = Book(6_000, 4);

        var found = new BoostingSearch(Poor, new() { Trials = 12, MaximumRounds = 200 }).Run(set, folds);

        Assert.Equal(Enumerable.Range(1, 12), found.Trials.Select(trial => trial.Number));
        Assert.Equal(Poor.MaximumLeaves, found.Trials[0].Options.MaximumLeaves);
        Assert.True(found.Best.Deviance < found.Trials[0].Deviance);
        Assert.Equal(found.Trials.Where(trial => trial.IsComplete).Min(trial => trial.Deviance), found.Best.Deviance);
        Assert.Equal(HeldOut(set, folds, found.Best), found.Best.Deviance, 1e-12);
        Assert.Equal(found.Best.Rounds, found.Best.Options.Rounds);
        Assert.Contains(found.Trials, trial => !trial.IsComplete && trial.Folds < 4);
        Assert.All(found.Trials, trial => Assert.Empty(trial.Options.Validate()));
    }

    [Fact]
    public void The_trials_are_the_same_on_any_number_of_threads()
    {
        var (set, folds) = Book(2_000, 3);
        BoostingSearchResult Run(int threads) =>
            new BoostingSearch(
                Poor,
                new()
                {
                    Trials = 5,
                    MaximumRounds = 40,
                    Threads = threads,
                }
            ).Run(set, folds);

        Assert.Equal(
            Run(1).Trials.Select(trial => (trial.Deviance, trial.Rounds, trial.Options.L2)),
            Run(3).Trials.Select(trial => (trial.Deviance, trial.Rounds, trial.Options.L2))
        );
    }

    [Fact]
    public void Another_seed_tries_other_settings()
    {
        var (set, folds) = Book(1_000, 2);
        double[] Drawn(ulong seed) => [.. new BoostingSearch(
                    Poor,
                    new()
                    {
                        Trials = 3,
                        MaximumRounds = 10,
                        Seed = seed,
                    }
                ).Run(set, folds).Trials.Select(trial => trial.Options.L2)];

        Assert.NotEqual(Drawn(1)[1..], Drawn(2)[1..]);
    }

    [Theory]
    [InlineData(0, "Trials")]
    [InlineData(1, "Folds are numbered from 0 on without a gap")]
    public void What_cannot_be_searched_is_named(int trials, string words)
    {
        var (set, _) = Book(100, 2);
        var problem = Assert.Throws<HalleyException>(() =>
            new BoostingSearch(Poor, new() { Trials = trials }).Run(set, [.. Enumerable.Repeat(1, 100)])
        );
        Assert.Equal("HLY2231", problem.Code);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    static (TrainingSet Set, int[] Folds) Book(int rows, int folds) =>
        (Books.Set(Books.Motor(rows)), [.. Enumerable.Range(0, rows).Select(row => row % folds)]);

    /// <summary>The mean held-out deviance at the trial's rounds, from fits of its own.</summary>
    static double HeldOut(TrainingSet set, int[] folds, BoostingTrial trial)
    {
        var (sum, total) = (0.0, 0.0);
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            var held = set.Learn.Take([.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)]);
            var learn = set.Learn.Take([.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)]);
            // A fold that runs out of patience counts as it stopped.
            var patience = Math.Max(10, (int)Math.Ceiling(Poor.Patience * Poor.LearningRate / trial.Options.LearningRate));
            var fit = new BoostingTrainer(trial.Options with { Patience = patience }).Fit(
                set with
                {
                    Learn = learn,
                    Validation = held,
                }
            );
            var weight = TrainingVectors.Of(set, held).Weight.Sum();
            sum += weight * fit.Curve[Math.Min(trial.Rounds, fit.Curve.Count - 1)].Validation!.Value;
            total += weight;
        }
        return sum / total;
    }
}

using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting.Tests;

public sealed class BoostingTrainerTests
{
    static readonly BoostingOptions Small = new()
    {
        Theta = 1.5,
        Rounds = 20,
        LearningRate = 0.2,
        MaximumLeaves = 8,
        MinimumLeafRows = 5,
        MinimumLeafHessian = 0.1,
        L2 = 1,
        ColumnShare = 1,
    };

    /// <summary>Those whose deviance a family gives in full.</summary>
    public static TheoryData<BoostingObjective> Objectives =>
        [
            BoostingObjective.Poisson,
            BoostingObjective.Gamma,
            BoostingObjective.Tweedie,
            BoostingObjective.LogLoss,
            BoostingObjective.SquaredError,
            BoostingObjective.NegativeBinomial,
        ];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_learn_deviance_falls_and_the_total_is_kept(BoostingObjective objective)
    {
        var (options, set) = (Small with { Objective = objective, TweediePower = 1.6 }, For(objective, 4000));

        var fit = new BoostingTrainer(options).Fit(set);

        Assert.Equal((20, 20, 21), (fit.Rounds, fit.BestRound, fit.Curve.Count));
        Assert.All(Enumerable.Range(1, 20), round => Assert.True(fit.Curve[round].Learn < fit.Curve[round - 1].Learn));
        Assert.Equal(1, fit.Balance, 1e-12);
        var (mean, vectors) = (Means(fit, options, set), TrainingVectors.Of(set, set.Learn));
        Assert.Equal(1, Dot(vectors.Weight, mean) / Dot(vectors.Weight, vectors.Target), 1e-12);
        Assert.True(fit.Converged);
        Assert.Null(fit.Advice);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_curve_is_the_mean_deviance_of_the_served_scores(BoostingObjective objective)
    {
        var options = Small with { Objective = objective, RestoreBalance = false };
        var set = For(objective, 3000);

        var fit = new BoostingTrainer(options).Fit(set);

        var vectors = TrainingVectors.Of(set, set.Learn);
        var deviance = BoostingLoss.Of(options).Family!.Deviance(vectors.Target, Means(fit, options, set), vectors.Weight);
        Assert.Equal(deviance / vectors.Weight.Sum(), fit.Curve[^1].Learn, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void One_round_without_penalty_takes_the_newton_step_of_each_leaf(BoostingObjective objective)
    {
        var options = Small with
        {
            Objective = objective,
            Rounds = 1,
            LearningRate = 1,
            L2 = 0,
            RestoreBalance = false,
            QuantisedGradients = false,
        };
        var set = For(objective, 2000);

        var fit = new BoostingTrainer(options).Fit(set);

        var (link, family) = (BoostingLoss.Of(options).Link, BoostingLoss.Of(options).Family!);
        var vectors = TrainingVectors.Of(set, set.Learn);
        foreach (var leaf in Scores.Of(fit.Trees, set.Learn).Select((eta, row) => (eta, row)).GroupBy(pair => pair.eta))
        {
            // By numeric slopes of the deviance along the leaf's common score.
            var rows = leaf.Select(pair => pair.row).ToArray();
            double Deviance(double step) =>
                rows.Sum(row =>
                    vectors.Weight[row]
                    * family.UnitDeviance(vectors.Target[row], link.Inverse(vectors.Offset[row] + fit.Trees.BaseScore + step))
                );
            var (h, at) = (1e-3, Deviance(0));
            var (slope, curvature) = ((Deviance(h) - Deviance(-h)) / (2 * h), (Deviance(h) - 2 * at + Deviance(-h)) / (h * h));
            Assert.Equal(-slope / curvature, leaf.Key - fit.Trees.BaseScore, 1e-4);
        }
    }

    [Fact]
    public void The_start_score_is_the_mean_rate_under_offsets()
    {
        var set = Books.Set(Books.Motor(2000));
        var options = Small with { MinimumLeafRows = 5000 };

        var fit = new BoostingTrainer(options).Fit(set);

        var claims = set.Learn.Numeric("claims").Values.ToArray().Sum();
        Assert.Equal(Math.Log(claims / set.Learn.Exposure("years").Years.ToArray().Sum()), fit.Trees.BaseScore, 1e-12);
        Assert.Equal(0, fit.Trees.TreeCount);
        Assert.False(fit.Converged);
        Assert.Equal(
            "No cut was allowed: the model is a constant. Lower MinimumLeafRows, MinimumLeafHessian or MinimumGain.",
            fit.Advice
        );
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Quantised_gradients_lose_next_to_nothing(BoostingObjective objective)
    {
        var set = For(objective, 6000) with { Validation = For(objective, 3000).Learn };
        var options = Small with { Objective = objective, RowShare = 0.8, ColumnShare = 0.8 };

        var quantised = new BoostingTrainer(options).Fit(set);
        var full = new BoostingTrainer(options with { QuantisedGradients = false }).Fit(set);

        var (start, end) = (full.Curve[0].Learn, full.Curve[^1].Learn);
        Assert.True(start - end > 0.01 * start);
        Assert.Equal(end, quantised.Curve[^1].Learn, 0.05 * (start - end));
    }

    [Fact]
    public void Weight_two_equals_the_row_twice()
    {
        var book = Books.Motor(1500);
        var weight = book.Numeric("weight").Values.ToArray();
        var rows = Enumerable.Range(0, 1500).SelectMany(row => Enumerable.Repeat(row, (int)weight[row])).ToArray();
        var options = Small with { MinimumLeafRows = 1, MaximumBins = 2000, QuantisedGradients = false };

        var weighted = new BoostingTrainer(options).Fit(Books.Set(book) with { Weight = "weight" });
        var repeated = new BoostingTrainer(options).Fit(Books.Set(book.Take(rows)));

        AssertClose(Scores.Of(repeated.Trees, book), Scores.Of(weighted.Trees, book));
        Assert.Equal(repeated.Curve[^1].Learn, weighted.Curve[^1].Learn, 1e-10);
    }

    [Fact]
    public void Exposure_as_offset_and_as_rate_give_the_same_poisson_model()
    {
        var book = Books.Motor(1500);

        var offset = new BoostingTrainer(Small).Fit(Books.Set(book));
        var rate = new BoostingTrainer(Small).Fit(Books.Set(book) with { ExposureUse = ExposureUse.Rate });

        AssertClose(Scores.Of(offset.Trees, book), Scores.Of(rate.Trees, book));
    }

    [Fact]
    public void Training_stops_when_patience_runs_out_and_keeps_the_best_round()
    {
        var (learn, validation) = (Books.Motor(800, 1), Books.Motor(800, 2));
        var options = Small with { Rounds = 500, Patience = 7, MinimumLeafRows = 1 };

        var fit = new BoostingTrainer(options).Fit(Books.Set(learn, validation));

        Assert.Equal(fit.BestRound + 7, fit.Rounds);
        Assert.Equal(fit.BestRound, fit.Trees.TreeCount);
        Assert.Equal(fit.BestRound, fit.Curve.MinBy(point => point.Validation).Round);
        Assert.True(fit.Converged);
        // The rounds grown in vain leave no trace.
        var exact = new BoostingTrainer(options with { Rounds = fit.BestRound }).Fit(Books.Set(learn));
        AssertClose(Scores.Of(exact.Trees, learn), Scores.Of(fit.Trees, learn));
        Assert.Equal(1, fit.Balance, 1e-12);
    }

    [Fact]
    public void Rounds_that_run_out_before_patience_are_told()
    {
        var fit = new BoostingTrainer(Small with { Rounds = 3 }).Fit(Books.Set(Books.Motor(2000, 1), Books.Motor(2000, 2)));

        Assert.False(fit.Converged);
        Assert.Equal("Rounds ran out before patience did: the best is round 3 of 3. Raise Rounds or LearningRate.", fit.Advice);
    }

    [Fact]
    public void The_validation_curve_is_that_of_the_validation_rows()
    {
        var (learn, validation) = (Books.Motor(1500, 1), Books.Motor(1500, 2));
        // Other levels in another order: the names decide.
        var region = validation.Categorical("region");
        var levels = new LevelList(["isle", "moon", .. Books.Regions.Levels.Take(6).Reverse()]);
        var codes = region.Codes.ToArray().Select(code => code < 0 ? 1 : levels.CodeOf(Books.Regions[code])).ToArray();
        var mapped = validation.With(new CategoricalColumn("region", codes, levels));
        var options = Small with { RestoreBalance = false };

        var fit = new BoostingTrainer(options).Fit(Books.Set(learn, mapped));

        var set = Books.Set(validation);
        var trees = new BoostingTrainer(options with { Rounds = fit.BestRound }).Fit(Books.Set(learn));
        var deviance = Family.Poisson.Deviance(TrainingVectors.Of(set, validation).Target, Means(trees, options, set));
        Assert.Equal(deviance / 1500, fit.Curve[fit.BestRound].Validation!.Value, 1e-9);
    }

    [Fact]
    public void Missing_values_learn_their_side()
    {
        var x = Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? double.NaN : row % 3).ToArray();
        // Missing behaves like 2 in one book and like 1 in the other; a zero is a number like any other.
        foreach (var like in new[] { 1, 2 })
        {
            var y = x.Select(value => (double.IsNaN(value) ? like : value) * 1.0).ToArray();
            var options = Small with { Objective = BoostingObjective.SquaredError, MaximumLeaves = 2, LearningRate = 1, L2 = 0 };

            var fit = new BoostingTrainer(options).Fit(Books.OneNumber(x, y));

            Assert.Equal(
                [1, 2, like, 1],
                new[] { 1, 2, double.NaN, 0 }.Select(value => Math.Round(Scores.Of(fit.Trees, value), 9))
            );
        }
    }

    [Fact]
    public void Unseen_levels_score_like_missing_ones()
    {
        var levels = new LevelList(["a", "b", "c", "never"]);
        var codes = Enumerable.Range(0, 400).Select(row => row % 4 - 1).ToArray();
        var y = codes.Select(code => code < 0 ? 5.0 : code).ToArray();
        var options = Small with
        {
            Objective = BoostingObjective.SquaredError,
            LearningRate = 1,
            L2 = 0,
            CategoryL2 = 0,
            CategorySmoothing = 0,
        };

        var fit = new BoostingTrainer(options).Fit(Books.OneCategory(codes, levels, y));

        Assert.Equal([0, 1, 2, 5, 5], new[] { 0, 1, 2, 3, double.NaN }.Select(code => Math.Round(Scores.Of(fit.Trees, code), 9)));
    }

    [Fact]
    public void Levels_beyond_the_one_hot_limit_are_grouped_in_one_cut()
    {
        var levels = new LevelList(Enumerable.Range(0, 40).Select(i => $"L{i}"));
        var codes = Enumerable.Range(0, 4000).Select(row => row % 40).ToArray();
        var y = codes.Select(code => code % 7 < 3 ? 1.0 : 0).ToArray();
        var options = Small with { Objective = BoostingObjective.LogLoss, Rounds = 1, MaximumLeaves = 2 };

        var fit = new BoostingTrainer(options).Fit(Books.OneCategory(codes, levels, y));

        var high = codes.Distinct().Where(code => Scores.Of(fit.Trees, code) > fit.Trees.BaseScore);
        Assert.Equal(codes.Distinct().Where(code => code % 7 < 3), high);
    }

    [Fact]
    public void A_monotone_feature_keeps_its_direction_in_the_whole_model()
    {
        var options = Small with
        {
            Rounds = 60,
            Monotone = new Dictionary<string, int> { ["age"] = -1, ["power"] = 1 },
        };

        var fit = new BoostingTrainer(options).Fit(Books.Set(Books.Motor(3000)));

        Assert.Contains(fit.Importance, use => use is { Feature: "age", Cuts: > 0 });
        foreach (var (power, region, fuel) in new[] { (5.0, 0.0, 0.0), (11.0, 4.0, 1.0), (double.NaN, 2.0, 1.0) })
        {
            var byAge = Enumerable.Range(18, 60).Select(age => Scores.Of(fit.Trees, age, power, region, fuel, 731_000)).ToArray();
            Assert.Equal(byAge.OrderDescending(), byAge);
        }
        var byPower = Enumerable.Range(30, 100).Select(p => Scores.Of(fit.Trees, 40, p / 10.0, 1, 0, 731_000)).ToArray();
        Assert.Equal(byPower.Order(), byPower);
    }

    [Fact]
    public void Importance_adds_up_the_cuts()
    {
        var fit = new BoostingTrainer(Small).Fit(Books.Set(Books.Motor(3000)));

        Assert.Equal(Books.Features, fit.Importance.Select(use => use.Feature));
        Assert.Equal(fit.Trees.NodeCount - fit.Trees.TreeCount, 2 * fit.Importance.Sum(use => use.Cuts));
        Assert.Equal("age", fit.Importance.MaxBy(use => use.Gain)!.Feature);
        Assert.Equal(fit.Trees.Nodes.Statistics.Sum(node => node.Gain), fit.Importance.Sum(use => use.Gain), 1e-9);
        Assert.All(fit.Importance, use => Assert.True(use.Cuts == 0 || (use.Gain > 0 && use.Cover > 0)));
    }

    [Fact]
    public void Sampling_depends_on_the_seed_and_still_learns()
    {
        var (book, options) = (Books.Motor(3000), Small with { RowShare = 0.5, ColumnShare = 0.6 });

        var one = new BoostingTrainer(options).Fit(Books.Set(book));
        var again = new BoostingTrainer(options).Fit(Books.Set(book));
        var other = new BoostingTrainer(options with { Seed = 2 }).Fit(Books.Set(book));

        Assert.Equal(Scores.Bytes(one.Trees), Scores.Bytes(again.Trees));
        Assert.NotEqual(Scores.Bytes(one.Trees), Scores.Bytes(other.Trees));
        Assert.True(one.Curve[^1].Learn < 0.98 * one.Curve[0].Learn);
        Assert.Equal(1, one.Balance, 1e-12);
    }

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(0.5, 1)]
    public void A_draw_without_a_cut_is_made_good_on_all_rows_and_features(double rowShare, double columnShare)
    {
        // One feature of five can be cut, and only where all rows are there.
        var book = Books
            .Motor(400)
            .With(new NumericColumn("age", [.. Enumerable.Range(0, 400).Select(row => row < 190 ? 1.0 : 2)]));
        var constant = Books.Features.Skip(1).Select(name => new NumericColumn(name, new double[400]));
        var options = Small with { MinimumLeafRows = 180, RowShare = rowShare, ColumnShare = columnShare };

        var fit = new BoostingTrainer(options).Fit(Books.Set(constant.Aggregate(book, (table, column) => table.With(column))));

        Assert.Equal(20, fit.Trees.TreeCount);
        Assert.Equal(60, fit.Trees.NodeCount);
    }

    [Fact]
    public void The_curve_with_sampling_counts_rows_left_out()
    {
        var (set, options) = (Books.Set(Books.Motor(3000)), Small with { RowShare = 0.5, RestoreBalance = false });

        var fit = new BoostingTrainer(options).Fit(set);

        var deviance = Family.Poisson.Deviance(TrainingVectors.Of(set, set.Learn).Target, Means(fit, options, set));
        Assert.Equal(deviance / 3000, fit.Curve[^1].Learn, 1e-9);
    }

    [Fact]
    public void Progress_is_told_and_a_fit_can_be_cancelled()
    {
        var reports = new List<FitProgress>();
        using var source = new CancellationTokenSource();
        var progress = new Reporter(report =>
        {
            reports.Add(report);
            if (report.Fraction >= 0.5)
                source.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() =>
            new BoostingTrainer(Small).Fit(Books.Set(Books.Motor(2000)), progress, source.Token)
        );

        Assert.Equal("binning", reports[0].Stage);
        Assert.Equal(
            Enumerable.Range(1, 10).Select(round => ("trees", round / 20.0)),
            reports.Skip(1).Select(r => (r.Stage, r.Fraction))
        );
        Assert.StartsWith("learn 0.", reports[1].Detail);
    }

    [Fact]
    public void Training_allocates_little_beyond_bins_scores_gradients_and_places()
    {
        const int Rows = 400_000;
        var random = new DeterministicRandom(8);
        Column[] columns = [.. Enumerable.Range(0, 4).Select(i => (Column)new NumericColumn($"x{i}", Numbers(ref random)))];
        var target = Array.ConvertAll(Numbers(ref random), value => value > 0.3 ? 1.0 : 0);
        var set = new TrainingSet
        {
            Learn = new([.. columns, new NumericColumn("y", target)]),
            Features = [.. columns.Select(column => column.Name)],
            Target = "y",
        };
        var trainer = new BoostingTrainer(new() { Objective = BoostingObjective.LogLoss, Rounds = 2 }) { Threads = 1 };
        trainer.Fit(set);

        var before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Fit(set);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rows;

        // A byte a bin, eight for the score, eight for the gradient and eight for places: 28. One more vector makes 36.
        Assert.InRange(bytes, 28, 35);

        static double[] Numbers(ref DeterministicRandom random)
        {
            var values = new double[Rows];
            foreach (ref var value in values.AsSpan())
                value = random.NextDouble();
            return values;
        }
    }

    [Fact]
    public void A_family_brings_its_objective()
    {
        Assert.Equal(BoostingObjective.Poisson, new BoostingOptions().For(Family.Poisson).Objective);
        Assert.Equal(BoostingObjective.Gamma, new BoostingOptions().For(Family.Gamma).Objective);
        Assert.Equal(BoostingObjective.LogLoss, new BoostingOptions().For(Family.Binomial).Objective);
        Assert.Equal(BoostingObjective.SquaredError, new BoostingOptions().For(Family.Gaussian).Objective);
        Assert.Equal(
            (BoostingObjective.Tweedie, 1.7),
            new BoostingOptions().For(Family.Tweedie(1.7)) is var o ? (o.Objective, o.TweediePower) : default
        );
    }

    static TrainingSet For(BoostingObjective objective, int rowCount)
    {
        var book = Books.Motor(rowCount);
        var claims = book.Numeric("claims").Values.ToArray();
        var amount = claims.Select((n, row) => n + (objective == BoostingObjective.Gamma ? 0.5 : 0) + (n > 0 ? row % 5 : 0));
        var target = objective switch
        {
            BoostingObjective.LogLoss => claims.Select(n => Math.Min(n, 1)),
            BoostingObjective.Poisson or BoostingObjective.NegativeBinomial => claims,
            _ => amount,
        };
        var logs = BoostingLoss.Of(new() { Objective = objective }).Link == Link.Log;
        var table = book.With(new NumericColumn("claims", [.. target]))
            .With(new NumericColumn("shift", [.. claims.Select((_, row) => row % 4 * 0.1)]));
        return Books.Set(table) with { Exposure = logs ? "years" : null, Offset = "shift", Weight = "weight" };
    }

    static double[] Means(BoostingFit fit, BoostingOptions options, TrainingSet set)
    {
        var (eta, offset) = (Scores.Of(fit.Trees, set.Learn), TrainingVectors.Of(set, set.Learn).Offset);
        return [.. eta.Select((score, row) => BoostingLoss.Of(options).Link.Inverse(score + offset[row]))];
    }

    static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    static void AssertClose(double[] expected, double[] actual)
    {
        for (var row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], actual[row], 1e-9);
    }

    sealed class Reporter(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}

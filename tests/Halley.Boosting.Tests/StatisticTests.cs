using System.Buffers;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Categories told by ordered statistics of the target.</summary>
public sealed class StatisticTests
{
    const int Towns = 400;

    static readonly LevelList TownNames = new([.. Enumerable.Range(0, Towns).Select(town => $"t{town}")]);
    static readonly LevelList Colours = new(["red", "green", "blue", "grey", "black", "white"]);

    static readonly BoostingOptions Small = new()
    {
        Rounds = 40,
        LearningRate = 0.2,
        MaximumLeaves = 6,
        MinimumLeafRows = 20,
        MinimumLeafHessian = 1,
        ColumnShare = 1,
    };

    [Fact]
    public void Each_row_is_told_by_the_rows_before_it_alone()
    {
        var (set, vectors) = Prepared(500, noise: false);
        var keys = CategoryKeys.Of([0], [KeySource.Of(set.Learn["town"])])!;
        var volumes = StatisticVolumes.Of(BoostingLoss.Of(Small), vectors, Math.Log(0.3));
        var order = RowOrders.Of(Small, 500, 1)[2];

        var told = new OrderedStatistic(StatisticKind.Mean, 4).Ordered(keys, new(volumes, order));

        Assert.Equal(Enumerable.Range(0, 500), order.Order());
        var portfolio = vectors.Target.Sum() / vectors.Offset.Sum(offset => 0.3 * Math.Exp(offset));
        var codes = set.Learn.Categorical("town").Codes.ToArray();
        for (var place = 0; place < 500; place++)
        {
            var before = order[..place].Where(row => codes[row] == codes[order[place]]).ToArray();
            var (claims, expected) = (
                before.Sum(row => vectors.Target[row]),
                before.Sum(row => 0.3 * Math.Exp(vectors.Offset[row]))
            );
            Assert.Equal((4 * portfolio + claims) / (4 + expected), told[order[place]], 1e-12);
        }
    }

    [Fact]
    public void Orders_are_those_of_the_rows_random_draws()
    {
        var order = RowOrders.Of(Small, 5000, 1)[1];

        Assert.Equal(Enumerable.Range(0, 5000), order.Order());
        // Neither sorted nor a shift: each half of the places holds about half of the rows of each half of the table.
        Assert.InRange(order[..2500].Count(row => row < 2500), 1100, 1400);
        Assert.InRange(order.Zip(order.Skip(1)).Count(pair => pair.First < pair.Second), 2350, 2650);
    }

    [Theory]
    [InlineData(StatisticKind.Mean)]
    [InlineData(StatisticKind.Share)]
    [InlineData(StatisticKind.Volume)]
    public void Bins_of_what_rows_are_told_are_those_of_its_values(StatisticKind kind)
    {
        var (set, vectors) = Prepared(1300, noise: true);
        var keys = CategoryKeys.Of([0, 1], [KeySource.Of(set.Learn["town"]), KeySource.Of(set.Learn["colour"])])!;
        var rows = new RowsInOrder(
            StatisticVolumes.Of(BoostingLoss.Of(Small), vectors, Math.Log(0.3)),
            RowOrders.Of(Small, 1300, 1)[0]
        );
        var statistic = new OrderedStatistic(kind, 3);

        var told = statistic.Ordered(keys, rows);

        var rising = told.Distinct().Order().ToArray();
        var bins = new NumberBins(new("told", FieldKind.Number), [.. rising.Where((_, i) => i % 40 == 5)]);

        Assert.True(told.Select(bins.BinOf).Distinct().Count() > 2);
        Assert.Equal(told.Select(bins.BinOf), statistic.OrderedBins(keys, rows, bins).Select(bin => (int)bin));
    }

    [Fact]
    public void A_row_s_own_target_never_changes_what_it_is_told()
    {
        var (set, vectors) = Prepared(300, noise: true);
        var keys = CategoryKeys.Of([0], [KeySource.Of(set.Learn["town"])])!;
        var order = RowOrders.Of(Small, 300, 1)[0];
        // The portfolio is of all rows: with a fixed one nothing is left of the row's own target.
        double[] ToldAfter(double claims)
        {
            var changed = vectors with { Target = [.. vectors.Target] };
            (changed.Target[17], changed.Target[18]) = (claims, 9 - claims);
            return new OrderedStatistic(StatisticKind.Mean, 1).Ordered(
                keys,
                new(StatisticVolumes.Of(BoostingLoss.Of(Small), changed, 0), order)
            );
        }

        Assert.Equal(ToldAfter(2)[17], ToldAfter(7)[17], 1e-12);
    }

    [Theory]
    [InlineData(BoostingObjective.Poisson)]
    [InlineData(BoostingObjective.LogLoss)]
    [InlineData(BoostingObjective.SquaredError)]
    [InlineData(BoostingObjective.Gamma)]
    public void Towns_that_differ_are_found_and_noise_is_not_taken_for_them(BoostingObjective objective)
    {
        var options = Small with
        {
            Objective = objective,
            Statistics = new() { Levels = 50, Priors = [5] },
        };
        double Gain(bool noise)
        {
            var (learn, fresh) = (For(objective, 12_000, noise, 1), For(objective, 6_000, noise, 2));
            var fit = new BoostingTrainer(options).Fit(learn with { Validation = fresh.Learn });
            return 1 - fit.Curve[^1].Validation!.Value / fit.Curve[0].Validation!.Value;
        }

        Assert.True(Gain(noise: false) > 0.03);
        // What plain target means would lose by learning each row's own target.
        Assert.True(Gain(noise: true) > -0.01);
    }

    [Fact]
    public void Served_predictions_add_up_and_the_file_scores_alike()
    {
        var set = Prepared(9_000, noise: false).Set;
        var options = Small with
        {
            Statistics = new()
            {
                Levels = 50,
                Combinations =
                [
                    ["town", "colour"],
                ],
                Kinds = [StatisticKind.Mean, StatisticKind.Share, StatisticKind.Volume],
            },
        };
        var fit = new BoostingTrainer(options).Fit(set);

        var vectors = TrainingVectors.Of(set, set.Learn);
        var eta = Scores.Of(fit.Trees, set.Learn);
        var expected = Enumerable.Range(0, eta.Length).Sum(row => Math.Exp(eta[row] + vectors.Offset[row]));
        Assert.Equal(1, expected / vectors.Target.Sum(), 1e-9);
        Assert.Equal(1, fit.Balance, 1e-9);
        var format = new GeneralTreesFormat();
        var buffer = new ArrayBufferWriter<byte>();
        format.Write(fit.Trees, buffer);
        Assert.Equal(eta, Scores.Of(format.Read(buffer.WrittenMemory), set.Learn));
        Assert.Contains(fit.Importance, feature => feature is { Feature: "town", Gain: > 0 });
        // Each node's shares add up to the score, whatever the columns are made of.
        var plain = new double[eta.Length];
        for (var row = 0; row < 50; row++)
            plain[row] = Scores.Of(fit.Trees, SlotsOf(fit.Trees, set.Learn, row));
        Assert.Equal(eta[..50], plain[..50]);
    }

    [Fact]
    public void A_level_that_no_row_had_is_told_the_portfolio()
    {
        var set = Prepared(4_000, noise: false).Set;
        var fit = new BoostingTrainer(Small with { Statistics = new() { Levels = 50 } }).Fit(set);

        var (town, colour) = (fit.Trees.Inputs.ToList().FindIndex(input => input.Name == "town"), 1);
        Assert.Equal(0, town);
        var column = Assert.IsType<LevelColumn>(Assert.Single(fit.Trees.Derived));
        Assert.Equal(column.ValueOf([double.NaN, 0, 0]), column.ValueOf([Towns - 1, 0, 0]), 1e-12);
        Assert.NotEqual(column.ValueOf([0, colour, 0]), column.ValueOf([1, colour, 0]));
    }

    [Fact]
    public void A_row_is_told_the_volume_of_the_others_as_a_new_one_is()
    {
        var (set, vectors) = Prepared(400, noise: true);
        var keys = CategoryKeys.Of([0, 1], [KeySource.Of(set.Learn["town"]), KeySource.Of(set.Learn["colour"])])!;
        var volumes = StatisticVolumes.Of(BoostingLoss.Of(Small), vectors, Math.Log(0.3));
        var volume = new OrderedStatistic(StatisticKind.Volume, 0);

        var told = volume.Ordered(keys, new(volumes, [.. Enumerable.Range(0, 400)]));

        var alone = 0;
        for (var row = 0; row < 400; row++)
        {
            var others = Enumerable.Range(0, 400).Where(other => other != row && keys.PlaceOfRow[other] == keys.PlaceOfRow[row]);
            Assert.Equal(others.Sum(other => 0.3 * Math.Exp(vectors.Offset[other])), told[row], 1e-12);
            // Exactly what a new row of unknown key is told.
            if (others.Any())
                continue;
            Assert.Equal(volume.Unknown(volumes), told[row]);
            alone++;
        }
        Assert.InRange(alone, 100, 399);
    }

    [Fact]
    public void Numbers_in_a_combination_are_levels_by_their_values()
    {
        var set = WithPower(Prepared(6_000, noise: false).Set);
        var options = Small with
        {
            Statistics = new()
            {
                Kinds = [StatisticKind.Mean, StatisticKind.Volume],
                Priors = [5],
                Combinations =
                [
                    ["power", "colour", "town"],
                ],
            },
        };

        var fit = new BoostingTrainer(options).Fit(set);

        // Behind the codes of power stand mean and volume of the towns, and of the combination.
        var (power, keyed) = (Assert.IsType<MapColumn>(fit.Trees.Derived[0]), Assert.IsType<KeyedColumn>(fit.Trees.Derived[4]));
        Assert.Equal("power", set.Features[power.Source]);
        Assert.Equal([0, 1, set.Features.Count], keyed.Inputs);
        var vectors = TrainingVectors.Of(set, set.Learn);
        var rate = vectors.Target.Sum() / vectors.Offset.Sum(Math.Exp);
        var (town, colour) = (set.Learn.Categorical("town").Codes.ToArray(), set.Learn.Categorical("colour").Codes.ToArray());
        var value = set.Learn.Numeric("power").Values.ToArray();
        for (var row = 0; row < 40; row++)
        {
            var volume = 0.0;
            for (var other = 0; other < 6_000; other++)
            {
                if (town[other] == town[row] && colour[other] == colour[row] && value[other].Equals(value[row]))
                    volume += rate * Math.Exp(vectors.Offset[other]);
            }
            double[] slots = [town[row], colour[row], double.NaN, value[row]];
            Assert.Equal(volume, keyed.ValueOf([.. slots, power.ValueOf(slots)]), 1e-9);
        }
        // A value between those known is unknown, and not what is told where the value is missing.
        Assert.Contains(value, double.IsNaN);
        double[] unknown = [town[0], colour[0], double.NaN, 4.5];
        Assert.Equal(0, keyed.ValueOf([.. unknown, power.ValueOf(unknown)]));
        var eta = Scores.Of(fit.Trees, set.Learn);
        Assert.Equal(vectors.Target.Sum(), Enumerable.Range(0, 6_000).Sum(row => Math.Exp(eta[row] + vectors.Offset[row])), 1e-6);
        var (format, buffer) = (new GeneralTreesFormat(), new ArrayBufferWriter<byte>());
        format.Write(fit.Trees, buffer);
        Assert.Equal(eta, Scores.Of(format.Read(buffer.WrittenMemory), set.Learn));
    }

    [Fact]
    public void A_pair_that_acts_together_is_found_and_gains()
    {
        var (learn, fresh) = (Pairs(20_000, 1), Pairs(10_000, 2));
        var options = Small with { MaximumDepth = 1, MaximumLeaves = 2, OneHotLevels = 0, Rounds = 60 };
        BoostingFit Fit(StatisticOptions statistics) =>
            new BoostingTrainer(options with { Statistics = statistics }).Fit(learn with { Validation = fresh.Learn });

        var (without, found) = (Fit(new()), Fit(new() { CombinationSize = 2, MostCombinations = 2 }));

        Assert.Equal(2, fresh.Features.Count(feature => feature is "colour" or "shape"));
        var pair = Assert.IsType<KeyedColumn>(found.Trees.Derived[0]);
        Assert.Equal(["colour", "shape"], pair.Inputs.Select(input => learn.Features[input]));
        var best = (
            Without: without.Curve.Min(round => round.Validation!.Value),
            Found: found.Curve.Min(round => round.Validation!.Value)
        );
        Assert.True(best.Found < 0.97 * best.Without, $"{best}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_change_no_byte(bool ordered)
    {
        var set = Prepared(20_000, noise: false).Set;
        var options = Small with
        {
            Rounds = 12,
            RowShare = 0.8,
            OrderedBoosting = ordered,
            Statistics = new()
            {
                Levels = 50,
                CombinationSize = 2,
                Permutations = 3,
            },
        };
        byte[] Bytes(int threads)
        {
            var buffer = new ArrayBufferWriter<byte>();
            new GeneralTreesFormat().Write(
                new BoostingTrainer(options) { Threads = threads }
                    .Fit(set)
                    .Trees,
                buffer
            );
            return buffer.WrittenSpan.ToArray();
        }

        Assert.Equal(Bytes(1), Bytes(5));
    }

    [Fact]
    public void Ordered_boosting_fits_noise_less()
    {
        var (learn, fresh) = (Prepared(1_500, noise: true, 1).Set, Prepared(8_000, noise: true, 2).Set);
        double Lost(bool ordered)
        {
            var options = Small with
            {
                OrderedBoosting = ordered,
                MinimumLeafRows = 5,
                L2 = 0,
                Statistics = new() { Levels = 50, Permutations = 2 },
            };
            var fit = new BoostingTrainer(options).Fit(learn with { Validation = fresh.Learn });
            return fit.Curve[^1].Validation!.Value - fit.Curve[0].Validation!.Value;
        }

        Assert.True(Lost(ordered: true) < Lost(ordered: false));
    }

    [Fact]
    public void Ordered_boosting_still_learns()
    {
        var (learn, fresh) = (Books.Set(Books.Motor(6_000)), Books.Motor(4_000, 2));
        var fit = new BoostingTrainer(Small with { OrderedBoosting = true }).Fit(learn with { Validation = fresh });

        Assert.True(fit.Curve[^1].Validation < 0.97 * fit.Curve[0].Validation);
        Assert.Equal(1, fit.Balance, 1e-9);
    }

    [Fact]
    public void A_combination_of_what_is_no_feature_is_refused_by_name()
    {
        var options = Small with
        {
            Statistics = new()
            {
                Combinations =
                [
                    ["town", "roof"],
                ],
            },
        };

        var error = Assert.Throws<HalleyException>(() => new BoostingTrainer(options).Fit(Prepared(100, noise: true).Set));

        Assert.Equal("HLY2212", error.Code);
        Assert.Contains("'roof'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        var options = Small with
        {
            Statistics = new()
            {
                Priors = [0],
                Kinds = [],
                Permutations = 0,
                Combinations =
                [
                    ["town"],
                ],
            },
        };

        var problems = string.Join(" ", options.Validate());

        foreach (
            var name in (string[])["Statistics.Priors", "Statistics.Kinds", "Statistics.Permutations", "Statistics.Combinations"]
        )
            Assert.Contains(name, problems, StringComparison.Ordinal);
    }

    /// <summary>A further feature of four values, missing in every fifth row.</summary>
    static TrainingSet WithPower(TrainingSet set)
    {
        double[] power = [.. Enumerable.Range(0, set.Learn.RowCount).Select(row => row % 5 == 4 ? double.NaN : 4 + row * 7 % 4)];
        return set with { Learn = set.Learn.With(new NumericColumn("power", power)), Features = [.. set.Features, "power"] };
    }

    static double[] SlotsOf(TreeEnsemble trees, Table rows, int row)
    {
        var slots = new double[trees.Inputs.Count];
        Span<double> one = stackalloc double[1];
        for (var input = 0; input < slots.Length; input++)
        {
            rows[trees.Inputs[input].Name].CopySlots(row, one);
            slots[input] = one[0];
        }
        return slots;
    }

    static (TrainingSet Set, TrainingVectors Vectors) Prepared(int rows, bool noise, ulong seed = 1)
    {
        var set = For(BoostingObjective.Poisson, rows, noise, seed);
        return (set, TrainingVectors.Of(set, set.Learn));
    }

    /// <summary>Towns 0 to 199 have a low risk and the others, but for the last, which never occurs, a high one.</summary>
    static TrainingSet For(BoostingObjective objective, int rows, bool noise, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (town, colour) = (new int[rows], new int[rows]);
        var (age, target, years) = (new double[rows], new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            (town[row], colour[row]) = ((int)((Towns - 1) * random.NextDouble()), (int)(6 * random.NextDouble()));
            (age[row], years[row]) = (random.NextDouble(), 0.5 + random.NextDouble());
            var high = !noise && town[row] >= Towns / 2;
            target[row] = objective switch
            {
                BoostingObjective.Poisson => random.NextPoisson(years[row] * (high ? 0.6 : 0.2)),
                BoostingObjective.LogLoss => random.NextDouble() < (high ? 0.5 : 0.2) ? 1 : 0,
                BoostingObjective.SquaredError => random.NextNormal() + (high ? 1 : 0),
                _ => -Math.Log(1 - random.NextDouble()) * (high ? 2 : 1) + 1e-9,
            };
        }
        return new()
        {
            Learn = new([
                new CategoricalColumn("town", town, TownNames),
                new CategoricalColumn("colour", colour, Colours),
                new NumericColumn("age", age),
                new NumericColumn("y", target),
                new ExposureColumn("years", years),
            ]),
            Features = ["town", "colour", "age"],
            Target = "y",
            Exposure = objective == BoostingObjective.Poisson ? "years" : null,
        };
    }

    /// <summary>The risk is high where colour and shape have the same parity; neither tells anything alone.</summary>
    static TrainingSet Pairs(int rows, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (colour, other, shape, target) = (new int[rows], new int[rows], new int[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            (colour[row], other[row], shape[row]) = (
                (int)(6 * random.NextDouble()),
                (int)(6 * random.NextDouble()),
                (int)(6 * random.NextDouble())
            );
            target[row] = random.NextPoisson((colour[row] + shape[row]) % 2 == 0 ? 0.6 : 0.2);
        }
        return new()
        {
            Learn = new([
                new CategoricalColumn("other", other, Colours),
                new CategoricalColumn("colour", colour, Colours),
                new CategoricalColumn("shape", shape, Colours),
                new NumericColumn("y", target),
            ]),
            Features = ["other", "colour", "shape"],
            Target = "y",
        };
    }
}

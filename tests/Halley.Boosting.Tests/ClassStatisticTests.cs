using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Categories told by ordered statistics of several classes.</summary>
public sealed class ClassStatisticTests
{
    const int Towns = 300;
    const int Classes = 3;

    static readonly LevelList TownNames = new([.. Enumerable.Range(0, Towns).Select(town => $"t{town}")]);
    static readonly LevelList Colours = new(["red", "green", "blue", "grey"]);

    static readonly BoostingOptions Small = new()
    {
        Objective = BoostingObjective.Multiclass,
        Classes = Classes,
        Rounds = 30,
        LearningRate = 0.2,
        MaximumLeaves = 6,
        MinimumLeafRows = 20,
        MinimumLeafHessian = 1,
        ColumnShare = 1,
        Statistics = new() { Levels = 50, Priors = [5] },
    };

    [Fact]
    public void Each_row_is_told_each_class_s_share_of_the_rows_before_it()
    {
        var set = Draw(500, noise: false, seed: 3);
        var vectors = TrainingVectors.Of(set, set.Learn);
        var keys = CategoryKeys.Of([0], [KeySource.Of(set.Learn["town"])])!;
        var order = RowOrders.Of(Small, 500, 1)[1];
        var codes = set.Learn.Categorical("town").Codes.ToArray();

        var volumes = StatisticVolumes.OfClasses(vectors, Classes);

        Assert.Equal(Classes, volumes.Length);
        var average = vectors.Weight.Average();
        for (var own = 0; own < Classes; own++)
        {
            var told = new OrderedStatistic(StatisticKind.Mean, 5).Ordered(keys, new(volumes[own], order));
            var portfolio = Share(Enumerable.Range(0, 500), own, vectors, 0, 0);
            for (var place = 0; place < 500; place++)
            {
                var before = order[..place].Where(row => codes[row] == codes[order[place]]);
                Assert.Equal(Share(before, own, vectors, 5 * average, portfolio), told[order[place]], 1e-12);
            }
        }
        // The second of two classes tells both.
        Assert.Single(
            StatisticVolumes.OfClasses(vectors with { Target = [.. vectors.Target.Select(code => Math.Min(code, 1))] }, 2)
        );
    }

    [Fact]
    public void Towns_that_differ_in_their_classes_are_found_and_noise_is_not_taken_for_them()
    {
        double Gain(bool noise)
        {
            var (learn, fresh) = (Draw(9000, noise, 1), Draw(4000, noise, 2));
            var fit = new BoostingTrainer(Small).Fit(learn with { Validation = fresh.Learn });
            return 1 - fit.Curve[^1].Validation!.Value / fit.Curve[0].Validation!.Value;
        }

        Assert.True(Gain(noise: false) > 0.05);
        Assert.True(Gain(noise: true) > -0.01);
    }

    [Fact]
    public void Scores_served_from_the_file_are_those_of_every_learn_row_and_shares_add_up()
    {
        var set = Draw(3000, noise: false, seed: 4);
        var options = Small with
        {
            Statistics = Small.Statistics with
            {
                Kinds = [StatisticKind.Mean, StatisticKind.Volume],
                Combinations =
                [
                    ["town", "colour"],
                ],
            },
        };

        var fit = new BoostingTrainer(options) { Threads = 2 }.Fit(set);

        var bytes = Bytes(fit);
        Assert.Equal(bytes, Bytes(new BoostingTrainer(options) { Threads = 1 }.Fit(set)));
        var read = (TreeEnsemble)new GeneralTreesFormat().Read(bytes);
        var scores = MulticlassTests.All(fit.Trees, set.Learn);
        Assert.Equal(scores, MulticlassTests.All(read, set.Learn));
        // Three classes and one volume for each of town, and of town and colour.
        Assert.Equal(2 * (Classes + 1), fit.Trees.Derived.Length);
        var vectors = TrainingVectors.Of(set, set.Learn);
        var expected = new double[Classes];
        for (var row = 0; row < 3000; row++)
        {
            var shares = scores.AsSpan(Classes * row, Classes).ToArray();
            ClassShares.Fill(shares);
            for (var own = 0; own < Classes; own++)
                expected[own] += vectors.Weight[row] * shares[own];
        }
        for (var own = 0; own < Classes; own++)
            Assert.Equal(1, expected[own] / WeightOf(own, vectors), 1e-9);
    }

    [Fact]
    public void A_pair_that_acts_together_on_the_classes_is_found()
    {
        var random = new DeterministicRandom(8);
        const int rowCount = 6000;
        var (town, colour, kind) = (new int[rowCount], new int[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            (town[row], colour[row]) = (random.NextInt(4), random.NextInt(4));
            kind[row] = random.NextDouble() < 0.8 ? (town[row] + colour[row]) % 3 : random.NextInt(3);
        }
        var set = new TrainingSet
        {
            Learn = new([
                new CategoricalColumn("town", town, new(["a", "b", "c", "d"])),
                new CategoricalColumn("colour", colour, Colours),
                new NumericColumn("kind", kind),
            ]),
            Features = ["town", "colour"],
            Target = "kind",
        };
        var options = Small with
        {
            MaximumLeaves = 3,
            Rounds = 20,
            Statistics = new() { CombinationSize = 2 },
        };

        var fit = new BoostingTrainer(options).Fit(set);

        Assert.Equal(Classes, fit.Trees.Derived.OfType<KeyedColumn>().Count());
        var without = new BoostingTrainer(options with { Statistics = new() }).Fit(set);
        Assert.True(fit.Curve[^1].Learn < 0.8 * without.Curve[^1].Learn);
    }

    static byte[] Bytes(BoostingFit fit)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        new GeneralTreesFormat().Write(fit.Trees, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static double WeightOf(int own, TrainingVectors vectors) =>
        Enumerable.Range(0, vectors.Target.Length).Where(row => vectors.Target[row] == own).Sum(row => vectors.Weight[row]);

    static double Share(IEnumerable<int> rows, int own, TrainingVectors vectors, double prior, double portfolio)
    {
        var (good, all) = (prior * portfolio, prior);
        foreach (var row in rows)
            (good, all) = (good + (vectors.Target[row] == own ? vectors.Weight[row] : 0), all + vectors.Weight[row]);
        return good / all;
    }

    static TrainingSet Draw(int rowCount, bool noise, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (town, colour) = (new int[rowCount], new int[rowCount]);
        var (kind, weight) = (new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
        {
            (town[row], colour[row], weight[row]) = (random.NextInt(Towns), random.NextInt(4), 1 + random.NextInt(2));
            var usual = CounterRandom.Integer(77, 1, (ulong)town[row], Classes);
            kind[row] = !noise && random.NextDouble() < 0.6 ? usual : random.NextInt(Classes);
        }
        return new()
        {
            Learn = new([
                new CategoricalColumn("town", town, TownNames),
                new CategoricalColumn("colour", colour, Colours),
                new NumericColumn("kind", kind),
                new NumericColumn("weight", weight),
            ]),
            Features = ["town", "colour"],
            Target = "kind",
            Weight = "weight",
        };
    }
}

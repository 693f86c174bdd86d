using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>A fit that was cut short goes on to the same bytes.</summary>
public sealed class SnapshotTests
{
    static readonly TrainingSet Set = Books.Set(Books.Motor(2500), Books.Motor(1200, 2));

    public static TheoryData<string> Names => [.. Variants.Keys];

    static readonly BoostingOptions Common = new()
    {
        Rounds = 23,
        LearningRate = 0.2,
        MinimumLeafRows = 20,
        MinimumLeafHessian = 1,
        RowShare = 0.7,
        Patience = 100,
    };

    static readonly Dictionary<string, BoostingOptions> Variants = new()
    {
        ["plain"] = Common,
        ["fine gradients"] = Common with { QuantisedGradients = false, RowShare = 1 },
        ["several seeds"] = Common with { AveragedSeeds = 3, Rounds = 11 },
        ["dart"] = Common with { Mode = BoostingMode.Dart, DropRate = 0.4, SkipDrop = 0.2 },
        ["forest"] = Common with { Mode = BoostingMode.Forest, LeafSteps = 3 },
        ["minimum variance"] = Common with { RowSampling = RowSampling.MinimumVariance },
        ["linear leaves"] = Common with { LinearLeaves = true },
        ["estimated theta"] = Common with { Objective = BoostingObjective.NegativeBinomial },
        ["estimated zeros"] = Common with { Objective = BoostingObjective.ZeroInflatedPoisson },
        ["statistics"] = Common with { Statistics = new() { Levels = 3 } },
        ["monotone, symmetric steps"] = Common with
        {
            Monotone = new Dictionary<string, int> { ["age"] = -1 },
            LeafSteps = 2,
        },
        ["early stop"] = Common with { Rounds = 200, Patience = 6, LearningRate = 0.5 },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fit_goes_on_to_the_same_bytes(string name)
    {
        var options = Variants[name];
        var folder = Directory.CreateTempSubdirectory("snapshots").FullName;
        var snapshots = new SnapshotOptions(folder, 4);
        var whole = new BoostingTrainer(options).Fit(Set);

        // Cut short in round 10; what it wrote in round 8 is gone on from.
        using var cut = new CancellationTokenSource();
        var trainer = new BoostingTrainer(options) { Snapshots = snapshots, Threads = 2 };
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Set, new CancelAt(cut, 10), cut.Token));
        Assert.NotEmpty(Directory.GetFiles(folder));
        var resumed = new BoostingTrainer(options) { Snapshots = snapshots, Threads = 1 }.Fit(Set);

        Assert.Equal(Scores.Bytes(whole.Trees), Scores.Bytes(resumed.Trees));
        Assert.Equal(whole.Curve, resumed.Curve);
        Assert.Equal(whole.Shape, resumed.Shape);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void More_rounds_go_on_from_fewer()
    {
        var folder = Directory.CreateTempSubdirectory("snapshots").FullName;
        var snapshots = new SnapshotOptions(folder, 4);
        new BoostingTrainer(Common with { Rounds = 12 }) { Snapshots = snapshots }.Fit(Set);
        var written = File.GetLastWriteTimeUtc(Directory.GetFiles(folder).Single());

        var rounds = new List<string>();
        var longer = new BoostingTrainer(Common) { Snapshots = snapshots }.Fit(Set, new Told(rounds));

        Assert.Equal(Scores.Bytes(new BoostingTrainer(Common).Fit(Set).Trees), Scores.Bytes(longer.Trees));
        Assert.Equal(11, rounds.Count);
        Assert.True(File.GetLastWriteTimeUtc(Directory.GetFiles(folder).Single()) >= written);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Snapshots_of_other_fits_and_damaged_ones_are_refused()
    {
        var folder = Directory.CreateTempSubdirectory("snapshots").FullName;
        var snapshots = new SnapshotOptions(folder, 4);
        new BoostingTrainer(Common) { Snapshots = snapshots }.Fit(Set);
        var path = Directory.GetFiles(folder).Single();

        string ErrorOf(BoostingOptions options, TrainingSet? set = null) =>
            Assert.Throws<HalleyException>(() => new BoostingTrainer(options) { Snapshots = snapshots }.Fit(set ?? Set)).Message;
        var foreign = $"HLY2262: snapshot '{path}' was taken of a fit with other data or options. ";
        Assert.StartsWith(foreign, ErrorOf(Common with { L2 = 4 }), StringComparison.Ordinal);
        Assert.StartsWith(foreign, ErrorOf(Common with { Seed = 9 }), StringComparison.Ordinal);
        var falling = Common with { Monotone = new Dictionary<string, int> { ["age"] = -1 } };
        Assert.StartsWith(foreign, ErrorOf(falling), StringComparison.Ordinal);
        Assert.StartsWith(foreign, ErrorOf(Common, Books.Set(Books.Motor(2500, 3), Set.Validation)), StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.StartsWith($"HLY2263: snapshot '{path}' is damaged.", ErrorOf(Common), StringComparison.Ordinal);
        File.WriteAllBytes(path, bytes[..20]);
        Assert.StartsWith($"HLY2263: snapshot '{path}' is damaged.", ErrorOf(Common), StringComparison.Ordinal);
        Assert.StartsWith(
            "HLY2264: snapshots: ordered boosting",
            ErrorOf(Common with { OrderedBoosting = true }),
            StringComparison.Ordinal
        );
        Directory.Delete(folder, recursive: true);
    }

    sealed class CancelAt(CancellationTokenSource source, int round) : IProgress<FitProgress>
    {
        int told;

        public void Report(FitProgress value)
        {
            if (value.Stage == "trees" && ++told == round)
                source.Cancel();
        }
    }

    sealed class Told(List<string> rounds) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Stage == "trees")
                rounds.Add(value.Detail!);
        }
    }
}

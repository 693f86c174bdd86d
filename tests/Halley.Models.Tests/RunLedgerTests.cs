using System.Text;
using Halley.Data;

namespace Halley.Models.Tests;

public sealed class RunLedgerTests : IDisposable
{
    readonly TemporaryFolder temporary = new();
    readonly FixedClock clock = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    string Folder => temporary.Path;

    public void Dispose() => temporary.Dispose();

    RunLedger Ledger => new(Folder, clock);

    static RunEntry Entry(ModelSpec spec, double deviance = 0.3, string artefact = "aa11bb22", string? note = null) =>
        new()
        {
            Kind = RunKind.Fit,
            Model = spec.Name,
            Spec = spec,
            Data = "policies.csv",
            DataFingerprint = "d00d",
            Metrics =
            [
                new()
                {
                    Part = DataPart.Test,
                    Rows = 10,
                    Actual = 3,
                    Predicted = 3.1,
                    Values = [new("deviance", deviance)],
                },
            ],
            Elapsed = TimeSpan.FromSeconds(1.5),
            ArtefactHash = artefact,
            Note = note,
        };

    [Fact]
    public void A_run_comes_back_as_it_was_written()
    {
        var written = Ledger.Append(Entry(Specs.Boosting, note: "first try"));
        var read = Assert.Single(Ledger.List());
        Assert.Equal("r1", read.Id);
        Assert.Equal(clock.GetUtcNow(), read.Time);
        Assert.Equal(Specs.Boosting.Hash().Hex, read.SpecHash);
        Assert.Equal(Specs.Boosting.ToJson(), read.Spec!.ToJson());
        Assert.Equal(0.3, read.Metrics[0]["deviance"]);
        Assert.Equal(1.5, read.Seconds);
        Assert.Equal("first try", read.Note);
        Assert.Equal(CodeVersion.Current, read.CodeVersion);
        Assert.Equal(ModelJson.Write(written), ModelJson.Write(read));
    }

    [Fact]
    public void A_run_knows_how_its_spec_differs_from_its_parent()
    {
        Ledger.Append(Entry(Specs.Boosting));
        Ledger.Append(Entry(Specs.Glm));
        var changed = Specs.Boosting with { Seed = 12, Where = "age > 20" };
        var third = Ledger.Append(Entry(changed));
        Assert.Equal("r1", third.Parent);
        Assert.Equal(
            [new("where", null, "\"age > 20\""), new("seed", "11", "12")],
            third.Changes.OrderByDescending(change => change.Path)
        );
        var fourth = Ledger.Append(Entry(changed) with { Parent = "r2" });
        Assert.Contains(fourth.Changes, change => change.Path == "name" && change.After == "\"claim-count-boosting\"");
    }

    [Fact]
    public void Changes_name_the_place_inside_lists_and_options()
    {
        var learner = (BoostingLearner)Specs.Boosting.Learner;
        var other = Specs.Boosting with
        {
            Learner = learner with { Features = ["age", "garage"], Options = learner.Options with { LearningRate = 0.1 } },
        };
        Assert.Equal(
            [
                "learner.features[1]: \"brand\" -> \"garage\"",
                "learner.features[2]: \"garage\" -> ",
                "learner.features[3]: \"young\" -> ",
                "learner.options.learningRate: 0.05 -> 0.1",
            ],
            SpecDiff.Between(Specs.Boosting, other).Select(change => $"{change.Path}: {change.Before} -> {change.After}")
        );
        Assert.Empty(SpecDiff.Between(Specs.Boosting, ModelSpec.FromJson(Specs.Boosting.ToJson())));
    }

    [Fact]
    public void Runs_are_filtered()
    {
        Ledger.Append(Entry(Specs.Boosting, note: "Baseline"));
        clock.Advance(TimeSpan.FromDays(1));
        Ledger.Append(Entry(Specs.Glm, artefact: "cc33dd44"));
        Ledger.Append(Entry(Specs.Boosting) with { Kind = RunKind.Tune });
        string[] Ids(RunFilter filter) => [.. Ledger.List(filter).Select(run => run.Id)];
        Assert.Equal(["r1", "r3"], Ids(new() { Model = "claim-count-boosting" }));
        Assert.Equal(["r3"], Ids(new() { Kind = RunKind.Tune }));
        Assert.Equal(["r1"], Ids(new() { NoteContains = "baseLINE" }));
        Assert.Equal(["r2"], Ids(new() { Hash = "CC33" }));
        Assert.Equal(["r1"], Ids(new() { Until = clock.GetUtcNow() }));
        Assert.Equal(["r2", "r3"], Ids(new() { From = clock.GetUtcNow() }));
    }

    [Fact]
    public void Two_runs_are_compared()
    {
        Ledger.Append(Entry(Specs.Boosting, 0.31));
        Ledger.Append(Entry(Specs.Boosting with { Seed = 5 }, 0.29, artefact: "ff"));
        var comparison = Ledger.Compare("r1", "r2");
        Assert.Equal("seed", Assert.Single(comparison.Changes).Path);
        var pair = Assert.Single(comparison.Metrics);
        Assert.Equal(-0.02, pair.Change, 12);
        Assert.True(comparison.SameData);
        Assert.False(comparison.SameArtefact);
    }

    [Fact]
    public void A_run_is_found_by_id_or_artefact_and_a_wrong_name_is_told()
    {
        Ledger.Append(Entry(Specs.Boosting, artefact: "aabbcc01"));
        Ledger.Append(Entry(Specs.Boosting, artefact: "aabbcc02"));
        Assert.Equal("r2", Ledger.Find("aabbcc02").Id);
        Assert.Contains(
            "is the artefact of several runs: r1, r2",
            Assert.Throws<HalleyException>(() => Ledger.Find("aabbcc")).Message,
            StringComparison.Ordinal
        );
        var problem = Assert.Throws<HalleyException>(() => Ledger.Find("r9"));
        Assert.Equal("HLY3204", problem.Code);
        Assert.Contains("there is no run 'r9'. The latest are r1, r2", problem.Message, StringComparison.Ordinal);
        Assert.Equal(
            "HLY3204",
            Assert.Throws<HalleyException>(() => Ledger.Append(Entry(Specs.Glm) with { Parent = "r9" })).Code
        );
    }

    [Fact]
    public void A_torn_last_line_is_passed_over_and_set_aside()
    {
        Ledger.Append(Entry(Specs.Boosting));
        Ledger.Append(Entry(Specs.Boosting));
        var whole = File.ReadAllBytes(Ledger.Path);
        var start = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (var cut = start; cut < whole.Length; cut++)
        {
            File.WriteAllBytes(Ledger.Path, whole[..cut]);
            File.Delete(Ledger.Path + ".torn");
            Assert.Equal("r1", Assert.Single(Ledger.List()).Id);
            Assert.Equal("r2", Ledger.Append(Entry(Specs.Boosting, note: "after the crash")).Id);
            Assert.Equal(["r1", "r2"], Ledger.List().Select(run => run.Id));
            Assert.Equal(cut > start, File.Exists(Ledger.Path + ".torn"));
            if (cut > start)
                Assert.Equal(
                    Encoding.UTF8.GetString(whole.AsSpan(start, cut - start)) + "\n",
                    File.ReadAllText(Ledger.Path + ".torn")
                );
        }
    }

    [Fact]
    public void A_damaged_line_in_the_middle_is_named()
    {
        Ledger.Append(Entry(Specs.Boosting));
        Ledger.Append(Entry(Specs.Boosting));
        var lines = File.ReadAllLines(Ledger.Path);
        lines[0] = lines[0][..^5];
        File.WriteAllText(Ledger.Path, string.Join('\n', lines) + "\n");
        var problem = Assert.Throws<HalleyException>(() => Ledger.List());
        Assert.Equal("HLY3203", problem.Code);
        Assert.Contains("line 1 is not a run", problem.Message, StringComparison.Ordinal);
        Assert.Equal("HLY3203", Assert.Throws<HalleyException>(() => Ledger.Append(Entry(Specs.Boosting))).Code);
        Assert.Equal(2, File.ReadAllLines(Ledger.Path).Length);
    }

    [Fact]
    public void Writers_at_the_same_time_take_turns()
    {
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Ledger.Append(Entry(Specs.Boosting)));
        Assert.Equal(Enumerable.Range(1, 24).Select(number => $"r{number}"), Ledger.List().Select(run => run.Id));
    }

    [Fact]
    public void A_writer_that_never_lets_go_is_told_about()
    {
        var lines = new AppendOnlyLines(Path.Combine(Folder, "x.jsonl"), TimeSpan.FromMilliseconds(50));
        using var held = new FileStream(lines.Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var problem = Assert.Throws<HalleyException>(() => lines.Append(_ => "line"));
        Assert.Equal("HLY3201", problem.Code);
        Assert.Equal(FaultKind.Environment, problem.Kind);
        Assert.Contains("for 0.1 seconds", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_an_environment_fault()
    {
        var file = Path.Combine(Folder, "file");
        File.WriteAllText(file, "");
        var problem = Assert.Throws<HalleyException>(() => new RunLedger(file, clock).Append(Entry(Specs.Boosting)));
        Assert.Equal("HLY3202", problem.Code);
    }

    [Fact]
    public void A_ledger_that_is_not_there_yet_is_empty()
    {
        Assert.Empty(Ledger.List());
        Assert.Contains(
            "the ledger is empty",
            Assert.Throws<HalleyException>(() => Ledger.Find("r1")).Message,
            StringComparison.Ordinal
        );
    }
}

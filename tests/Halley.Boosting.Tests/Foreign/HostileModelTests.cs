using System.Buffers;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Malformed model files are refused with their place; changed ones are refused or score.</summary>
public sealed class HostileModelTests
{
    const long MostBytes = 64L << 20;

    [Theory]
    [MemberData(nameof(Files))]
    public void A_malformed_file_is_refused(string file)
    {
        var bytes = File.ReadAllBytes(SharedData.Path("oracles/models/hostile/" + file));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<HalleyException>(() =>
        {
            var model = ForeignModelFile.Read(bytes);
            // An objective that is not known is told to the caller, who must give a link.
            if (model.Link is null)
                throw new HalleyException("HLY2222", $"model file: {model.Objective}");
            model.ToEnsemble();
        });

        // A claim of gigabytes takes none.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.Contains(error.Code, (string[])["HLY2220", "HLY2221", "HLY2222"]);
        Assert.StartsWith($"{error.Code}: model file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xgboost-cycle.json", "tree 0, node 1: its child 0 has another parent: a cycle or a shared branch.")]
    [InlineData("xgboost-child-out-of-range.json", "tree 0, node 0: its child is 9999, and the tree has 31 nodes.")]
    [InlineData("xgboost-duplicate-key.json", "'learner_model_param' stands twice.")]
    [InlineData("xgboost-class-out-of-range.json", "tree 0: it belongs to output 3 of 1.")]
    [InlineData("xgboost-array-length.ubj", "a length of 1099511627776 is declared, and ")]
    [InlineData("lightgbm-leaf-out-of-range.txt", "tree 0, node 0: its child is -500, and there are 14 nodes and 15 leaves.")]
    [InlineData("lightgbm-missing-values.txt", "tree 0: there is no 'leaf_value'.")]
    [InlineData("lightgbm-threshold-text.txt", "threshold should hold 14 numbers; entry 0 is '0x1.8p1'.")]
    public void The_message_names_the_place(string file, string message)
    {
        var bytes = File.ReadAllBytes(SharedData.Path("oracles/models/hostile/" + file));

        Assert.Contains(message, Assert.Throws<HalleyException>(() => ForeignModelFile.Read(bytes).ToEnsemble()).Message);
    }

    [Theory]
    [InlineData("xgboost-3.2.0-category-stored", "model.json")]
    [InlineData("xgboost-3.2.0-vector-leaf", "model.ubj")]
    [InlineData("xgboost-3.2.0-category-partition", "model.ubj")]
    [InlineData("lightgbm-4.7.0-linear-tree", "model.txt")]
    [InlineData("lightgbm-3.3.5-categories", "model.txt")]
    [InlineData("catboost-1.2.10-ctr-numeric-mix", "model.json")]
    [InlineData("catboost-1.2.10-ctr-numeric-mix", "model.cbm")]
    [InlineData("catboost-1.2.10-multiclass-depthwise", "model.cbm")]
    public void Changed_bytes_are_refused_or_give_a_model_that_scores(string name, string file)
    {
        var bytes = File.ReadAllBytes(SharedData.Path($"oracles/models/{name}/{file}"));
        var (random, refused) = (new DeterministicRandom(23), 0);
        const int Trials = 400;
        for (var trial = 0; trial < Trials; trial++)
        {
            var changed = bytes.ToArray();
            for (var change = 0; change <= trial % 4; change++)
                changed[(int)(random.NextDouble() * changed.Length)] = (byte)(256 * random.NextDouble());
            if (trial % 5 == 0)
                changed = changed[..(int)(random.NextDouble() * changed.Length)];
            try
            {
                var model = ForeignModelFile.Read(changed);
                ScoreOnce(
                    model.ToEnsemble(
                        new()
                        {
                            Levels = model
                                .Features.DistinctBy(feature => feature.Name)
                                .ToDictionary(feature => feature.Name, _ => Levels),
                        }
                    )
                );
            }
            catch (HalleyException error)
            {
                Assert.StartsWith("HLY222", error.Code, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.InRange(refused, Trials / 10, Trials);
    }

    [Theory]
    [InlineData("xgboost-3.2.0-softprob", "model.json")]
    [InlineData("lightgbm-4.7.0-linear-tree", "model.txt")]
    [InlineData("lightgbm-4.7.0-zero-as-missing", "model.txt")]
    [InlineData("lightgbm-3.3.5-categories", "model.txt")]
    [InlineData("catboost-1.2.10-ctr-numeric-mix", "model.cbm")]
    [InlineData("onnx-sklearn-logistic-pipeline", "model.onnx")]
    public void Artefact_bytes_round_trip_and_changed_ones_are_refused_or_score(string name, string file)
    {
        var oracle = new OracleCase(name);
        var ensemble = ForeignModelFile.Read(oracle.PathOf(file)).ToEnsemble(new() { Levels = oracle.Levels() });
        var bytes = BytesOf(ensemble);
        var read = (TreeEnsemble)new GeneralTreesFormat().Read(bytes);

        Assert.Equal(bytes, BytesOf(read));
        var inputs = oracle.Inputs(ensemble);
        Assert.Equal(Score(ensemble, inputs), Score(read, inputs));
        var (random, refused) = (new DeterministicRandom(29), 0);
        const int Trials = 600;
        for (var trial = 0; trial < Trials; trial++)
        {
            var changed = bytes.ToArray();
            for (var change = 0; change <= trial % 3; change++)
                changed[(int)(random.NextDouble() * (trial % 2 == 0 ? changed.Length : Math.Min(2000, changed.Length)))] = (byte)(
                    256 * random.NextDouble()
                );
            try
            {
                ScoreOnce((TreeEnsemble)new GeneralTreesFormat().Read(changed));
            }
            catch (HalleyException error)
            {
                Assert.Equal("HLY2210", error.Code);
                refused++;
            }
        }
        Assert.InRange(refused, Trials / 20, Trials);
    }

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        var folder = Path.Combine(ProjectRoot.Path, "..", "shared", "oracles", "models", "hostile");
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray() : [])
        {
            if (!file.EndsWith(".md", StringComparison.Ordinal))
                files.Add(Path.GetFileName(file));
        }
        if (files.Count == 0)
            files.Add("none");
        return files;
    }

    static readonly LevelList Levels = new(["a", "b"]);

    static byte[] BytesOf(TreeEnsemble ensemble)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new GeneralTreesFormat().Write(ensemble, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static double[] Score(TreeEnsemble ensemble, SlotBlock inputs)
    {
        var eta = new double[inputs.RowCount];
        ensemble.Score(inputs, [.. Enumerable.Range(0, ensemble.Inputs.Count)], eta);
        return eta;
    }

    static void ScoreOnce(TreeEnsemble ensemble)
    {
        var block = new SlotBlock(Math.Max(1, ensemble.Inputs.Count), 3);
        for (var input = 0; input < ensemble.Inputs.Count; input++)
            (block[input][0], block[input][1], block[input][2]) = (0, double.NaN, 1e9);
        Score(ensemble, block);
    }
}

using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Operators that no file of the oracles holds, beside ONNX Runtime on files put together by hand.</summary>
public sealed class OnnxOperatorTests
{
    static readonly string[] Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    [Theory]
    [InlineData("SUM", "NONE", 1)]
    [InlineData("AVERAGE", "NONE", 1)]
    [InlineData("MIN", "NONE", 1)]
    [InlineData("MAX", "NONE", 1)]
    [InlineData("SUM", "PROBIT", 1)]
    [InlineData("SUM", "NONE", 3)]
    [InlineData("MIN", "NONE", 2)]
    [InlineData("MAX", "LOGISTIC", 2)]
    [InlineData("AVERAGE", "LOGISTIC", 2)]
    [InlineData("SUM", "SOFTMAX", 3)]
    [InlineData("SUM", "SOFTMAX_ZERO", 3)]
    public void Regressors_with_every_mode(string aggregate, string post, int targets)
    {
        for (var seed = 1UL; seed <= 4; seed++)
        {
            var trees = Trees(new(seed), 3, targets, 0.02, 0.3);
            new OnnxFile(3, "y", OnnxType.Float, targets)
                .Input("x", OnnxType.Float, 3)
                .Node(
                    "TreeEnsembleRegressor",
                    ["x"],
                    ["y"],
                    node =>
                        trees(node, "target")
                            .Integer("n_targets", targets)
                            .Text("aggregate_function", aggregate)
                            .Text("post_transform", post)
                            .Floats("base_values", [.. Enumerable.Range(0, targets).Select(target => 0.03f * target)])
                )
                // The runtime takes the logarithm of 1 − x² in 32-bit floats: near x = 0 little is left of them.
                .AssertAgrees(Rows(new(seed + 100), 3), post == "PROBIT" ? 2e-4 : 1e-6);
        }
    }

    [Theory]
    [InlineData(2, "NONE", true, 0.0)]
    [InlineData(2, "LOGISTIC", true, 0.0)]
    [InlineData(2, "LOGISTIC", true, -0.5)]
    [InlineData(2, "NONE", true, -0.5)]
    [InlineData(2, "NONE", false, 0.0)]
    [InlineData(2, "LOGISTIC", false, -0.5)]
    [InlineData(2, "SOFTMAX", false, -0.5)]
    [InlineData(3, "SOFTMAX", false, -0.5)]
    [InlineData(3, "LOGISTIC", false, -0.5)]
    [InlineData(3, "NONE", false, 0.0)]
    public void Classifiers_of_two_classes_and_of_several(int classes, string post, bool oneId, double lowest)
    {
        for (var seed = 1UL; seed <= 4; seed++)
        {
            var trees = Trees(new(seed), 4, oneId ? 1 : classes, lowest, 0.3);
            new OnnxFile(3, "p", OnnxType.Float, classes)
                .Input("x", OnnxType.Float, 3)
                .Node(
                    "TreeEnsembleClassifier",
                    ["x"],
                    ["label", "p"],
                    node =>
                        trees(node, "class")
                            .Integers("classlabels_int64s", Enumerable.Range(0, classes).Select(label => (long)label))
                            .Text("post_transform", post)
                )
                .AssertAgrees(Rows(new(seed + 100), 3));
        }
    }

    [Fact]
    public void A_transform_that_runtimes_read_in_different_ways_is_refused()
    {
        var trees = Trees(new(1), 3, 1, 0.02, 0.3);
        var file = new OnnxFile(3, "y", OnnxType.Float, 1)
            .Input("x", OnnxType.Float, 3)
            .Node("TreeEnsembleRegressor", ["x"], ["y"], node => trees(node, "target").Text("post_transform", "LOGISTIC"));

        Assert.StartsWith(
            "HLY2221: model file, node 0 (ai.onnx.ml.TreeEnsembleRegressor): it has LOGISTIC for one target",
            Assert.Throws<Data.HalleyException>(() => ForeignModelFile.Read(file.Bytes)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Encoders_before_a_linear_model()
    {
        var rows = new object[][]
        {
            ["a", 3L, 1.5, -2.0, 7.0],
            ["b", 5L, double.NaN, 4.0, -7.0],
            ["none", 8L, 0.25, -0.0, 0.5],
            ["a", 5L, 1e6, 3e-3, 1.0],
        };
        new OnnxFile(3, "y", OnnxType.Float, 1)
            .Input("kind", OnnxType.Text)
            .Input("code", OnnxType.Int64)
            .Input("u", OnnxType.Float)
            .Input("v", OnnxType.Float)
            .Input("w", OnnxType.Float)
            .Node(
                "LabelEncoder",
                ["kind"],
                ["kind1"],
                node => node.Texts("keys_strings", ["a", "b"]).Floats("values_floats", [1.5f, -2]).Float("default_float", 0.25f)
            )
            .Node("OneHotEncoder", ["code"], ["code3"], node => node.Integers("cats_int64s", [3, 5]).Integer("zeros", 1))
            .Node("Flatten", ["code3"], ["code2"], domain: "")
            .Node("Concat", ["u", "v", "w"], ["uvw"], node => node.Integer("axis", 1), "")
            .Node(
                "Imputer",
                ["uvw"],
                ["full"],
                node => node.Floats("imputed_value_floats", [0.75f, 0, 0]).Float("replaced_value_float", float.NaN)
            )
            .Node("Scaler", ["full"], ["scaled"], node => node.Floats("offset", [1, 2, 3]).Floats("scale", [0.5f, 2, 0.1f]))
            .Node("Normalizer", ["scaled"], ["unit"], node => node.Text("norm", "L2"))
            .Node("Normalizer", ["scaled"], ["unit1"], node => node.Text("norm", "L1"))
            .Node("Binarizer", ["full"], ["high"], node => node.Float("threshold", 0.6f))
            .Node("FeatureVectorizer", ["unit", "high"], ["both"], node => node.Integers("inputdimensions", [3, 3]))
            .Constant("picked", OnnxType.Int64, 2, 0)
            .Node("ArrayFeatureExtractor", ["both", "picked"], ["few"])
            .Node("Concat", ["kind1", "code2", "few", "unit1"], ["all"], node => node.Integer("axis", 1), "")
            .Node(
                "LinearRegressor",
                ["all"],
                ["y"],
                node => node.Floats("coefficients", [0.5f, -1, 2, 3, 0.7f, 1, -2, 0.3f]).Floats("intercepts", [0.1f])
            )
            .AssertAgrees(rows);
    }

    [Fact]
    public void Arithmetic_on_columns_before_trees()
    {
        var trees = Trees(new(9), 5, 1, -0.5, 0.5);
        new OnnxFile(3, "p", OnnxType.Float, 1)
            .Input("x", OnnxType.Float, 3)
            .Constant("mean", OnnxType.Float, 0.5, 1.5, 0.25)
            .Constant("deviation", OnnxType.Float, 2, 3, 0.7)
            .Constant("fill", OnnxType.Float, 0.1)
            .Constant("start", OnnxType.Float, 0.37)
            .Node("IsNaN", ["x"], ["lacks"], domain: "")
            .Node("Where", ["lacks", "fill", "x"], ["full"], domain: "")
            .Node("Sub", ["full", "mean"], ["centred"], domain: "")
            .Node("Div", ["centred", "deviation"], ["scaled"], domain: "")
            .Node("Abs", ["scaled"], ["size"], domain: "")
            .Node("Max", ["size", "scaled"], ["z"], domain: "")
            .Node("TreeEnsembleRegressor", ["z"], ["s"], node => trees(node, "target").Integer("n_targets", 1))
            .Node("Add", ["s", "start"], ["t"], domain: "")
            .Node("Sigmoid", ["t"], ["p"], domain: "")
            .AssertAgrees(Rows(new(10), 3));
    }

    /// <summary>Trees of depth two over three columns, with every mode, thresholds that rows hit, and a weight of each leaf for each target.</summary>
    static Func<OnnxNodeWriter, string, OnnxNodeWriter> Trees(
        DeterministicRandom random,
        int count,
        int targets,
        double lowest,
        double highest
    )
    {
        var (modes, values, features, missing) = (new List<string>(), new List<float>(), new List<long>(), new List<long>());
        var (leafTrees, leafNodes, leafTargets, weights) = (
            new List<long>(),
            new List<long>(),
            new List<long>(),
            new List<float>()
        );
        for (var tree = 0; tree < count; tree++)
        {
            for (var node = 0; node < 7; node++)
            {
                modes.Add(node < 3 ? Modes[random.NextInt(Modes.Length)] : "LEAF");
                values.Add(random.NextInt(5) * 0.5f);
                features.Add(random.NextInt(3));
                missing.Add(random.NextInt(2));
                for (var target = 0; target < targets && node >= 3; target++)
                {
                    leafTrees.Add(tree);
                    leafNodes.Add(node);
                    leafTargets.Add(target);
                    weights.Add((float)(lowest + (highest - lowest) * random.NextDouble()));
                }
            }
        }
        long[] Repeated(params long[] one) => [.. Enumerable.Repeat(one, count).SelectMany(nodes => nodes)];
        return (node, prefix) =>
            node.Integers("nodes_treeids", Enumerable.Range(0, count).SelectMany(tree => Enumerable.Repeat((long)tree, 7)))
                .Integers("nodes_nodeids", Repeated(0, 1, 2, 3, 4, 5, 6))
                .Integers("nodes_truenodeids", Repeated(1, 3, 5, 0, 0, 0, 0))
                .Integers("nodes_falsenodeids", Repeated(2, 4, 6, 0, 0, 0, 0))
                .Texts("nodes_modes", modes)
                .Floats("nodes_values", values)
                .Integers("nodes_featureids", features)
                .Integers("nodes_missing_value_tracks_true", missing)
                .Integers(prefix + "_treeids", leafTrees)
                .Integers(prefix + "_nodeids", leafNodes)
                .Integers(prefix + "_ids", leafTargets)
                .Floats(prefix + "_weights", weights);
    }

    static object[][] Rows(DeterministicRandom random, int columns) =>
        [
            .. Enumerable
                .Range(0, 60)
                .Select(row =>
                    Enumerable
                        .Range(0, columns)
                        .Select(_ =>
                            (object)(
                                random.NextInt(8) == 0 ? double.NaN
                                : random.NextInt(2) == 0 ? random.NextInt(5) * 0.5
                                : random.NextDouble() * 3
                            )
                        )
                        .ToArray()
                ),
        ];
}

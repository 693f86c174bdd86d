using System.Text;
using Halley.Data;
using Halley.Statistics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Halley.Boosting.Tests;

/// <summary>Exported files, scored by the libraries themselves, predict what the ensemble predicts.</summary>
public sealed class ExportTests
{
    const double Tolerance = 1e-12;

    [Theory]
    [InlineData("lightgbm-4.7.0-poisson-init-score", "model.txt")]
    [InlineData("lightgbm-4.7.0-zero-as-missing", "model.txt")]
    [InlineData("lightgbm-4.7.0-pandas-categorical", "model.txt")]
    [InlineData("lightgbm-4.7.0-multiclass", "model.txt")]
    [InlineData("lightgbm-4.7.0-rf", "model.txt")]
    [InlineData("lightgbm-4.7.0-constant", "model.txt")]
    [InlineData("xgboost-3.2.0-category-stored", "model.json")]
    [InlineData("xgboost-3.2.0-missing", "model.json")]
    [InlineData("catboost-1.2.10-logloss", "model.cbm")]
    [InlineData("catboost-1.2.10-scale-and-bias", "model.cbm")]
    [InlineData("onnx-lightgbm-poisson", "model.onnx")]
    public void Onnx_Runtime_predicts_the_same(string name, string file)
    {
        var (oracle, model, trees) = Read(name, file);
        var inputs = InputsOf(oracle, trees);
        var bytes = OnnxExport.Write(trees, model.Link!.Link);
        using var session = new InferenceSession(bytes);
        var names = trees.Inputs.Select(input => ValueOf(input, inputs[trees.Inputs.ToList().IndexOf(input)])).ToList();
        using var results = session.Run(names);

        AssertNear(Predictions(trees, model, inputs), [.. results[0].AsTensor<double>()], SinglesIn(trees), name);
        var copy = ForeignModelFile.Read(bytes);
        AssertNear(Predictions(trees, model, inputs), Predictions(copy.ToEnsemble(), copy, inputs), SinglesIn(trees), name);
    }

    [Theory]
    [InlineData("lightgbm-4.7.0-poisson-init-score", "model.txt")]
    [InlineData("lightgbm-4.7.0-zero-as-missing", "model.txt")]
    [InlineData("lightgbm-4.7.0-pandas-categorical", "model.txt")]
    [InlineData("lightgbm-4.7.0-multiclass", "model.txt")]
    [InlineData("lightgbm-4.7.0-l1-sqrt", "model.txt")]
    [InlineData("lightgbm-4.7.0-cross-entropy-lambda", "model.txt")]
    [InlineData("lightgbm-4.7.0-tweedie", "model.txt")]
    [InlineData("lightgbm-4.7.0-rf-binary", "model.txt")]
    [InlineData("lightgbm-4.7.0-constant", "model.txt")]
    [InlineData("xgboost-3.2.0-category-stored", "model.json")]
    [InlineData("catboost-1.2.10-logloss", "model.cbm")]
    [InlineData("catboost-1.2.10-multiclass-depthwise", "model.cbm")]
    public void LightGBM_predicts_the_same(string name, string file)
    {
        var (oracle, model, trees) = Read(name, file);
        var inputs = InputsOf(oracle, trees);
        var text = LightGbmExport.Write(trees, model.Link!.Family ?? Family.Gaussian, model.Link.Link);
        var outputs = trees.Rule.Transform == ScoreTransform.ClassLogit ? trees.OutputCount : 1;
        var all = LightGbmLibrary.Predict(text, inputs, outputs);
        var chosen = Enumerable
            .Range(0, inputs.RowCount)
            .Select(row => all[row * outputs + (outputs > 1 ? trees.Rule.Output : 0)]);

        AssertNear(Predictions(trees, model, inputs), [.. chosen], SinglesIn(trees), name);
        var copy = ForeignModelFile.Read(Encoding.UTF8.GetBytes(text));
        var read = copy.ToEnsemble(new() { Output = outputs > 1 ? trees.Rule.Output : 0 });
        AssertNear(Predictions(trees, model, inputs), Predictions(read, copy, inputs), SinglesIn(trees), name);
    }

    [Fact]
    public void Missing_categories_that_go_left_are_carried()
    {
        LevelList levels = new(["a", "b", "c"]);
        ScorerInput[] inputs = [new("kind", FieldKind.Category, levels), new("size", FieldKind.Number)];
        TreeNode[] nodes =
        [
            new(0, 0, 1, 0, true),
            TreeNode.Leaf(1),
            new(2.5, 1, 3, -1, true),
            TreeNode.Leaf(10),
            TreeNode.Leaf(100),
        ];
        TreeEnsemble trees = new(inputs, 0.5, new([0], nodes, new NodeStatistics[5], [0, 1], [0b010]));
        var block = new SlotBlock(2, 8);
        double[] kinds = [0, 1, 2, double.NaN, 0, 1, 2, double.NaN];
        double[] sizes = [1, 1, 1, 1, 3, 3, double.NaN, double.NaN];
        kinds.CopyTo(block[0]);
        sizes.CopyTo(block[1]);
        var expected = new double[8];
        trees.Score(block, [0, 1], expected);
        Assert.Equal([10.5, 1.5, 10.5, 1.5, 100.5, 1.5, 10.5, 1.5], expected);

        using var session = new InferenceSession(OnnxExport.Write(trees, Link.Identity));
        using var results = session.Run([ValueOf(inputs[0], block[0]), ValueOf(inputs[1], block[1])]);

        Assert.Equal(expected, results[0].AsTensor<double>());
        Assert.Equal(expected, LightGbmLibrary.Predict(LightGbmExport.Write(trees, Family.Gaussian, Link.Identity), block, 1));
    }

    [Theory]
    [InlineData("catboost-1.2.10-ctr-default", "model.cbm", "it uses CatBoost's target statistics of categories")]
    [InlineData("lightgbm-4.7.0-linear-tree", "model.txt", "its leaves are linear models")]
    [InlineData("xgboost-3.2.0-hinge", "model.json", "its score is transformed (Step)")]
    public void What_a_format_cannot_carry_is_named(string name, string file, string what)
    {
        var (_, model, trees) = Read(name, file);

        foreach (
            var error in (HalleyException[])
                [
                    Assert.Throws<HalleyException>(() => OnnxExport.Write(trees, model.Link!.Link)),
                    Assert.Throws<HalleyException>(() => LightGbmExport.Write(trees, Family.Gaussian, model.Link!.Link)),
                ]
        )
        {
            Assert.Equal("HLY2240", error.Code);
            Assert.Contains(what, error.Message);
        }
    }

    [Fact]
    public void Columns_of_an_imported_onnx_file_are_refused()
    {
        var (_, model, trees) = Read("onnx-tree-ensemble-5-average", "model.onnx");

        Assert.Contains(
            "HLY2240: the model can't be exported to ONNX: it uses columns that an ONNX file computes",
            Assert.Throws<HalleyException>(() => OnnxExport.Write(trees, model.Link!.Link)).Message
        );
    }

    static (OracleCase, ForeignModel, TreeEnsemble) Read(string name, string file)
    {
        var oracle = new OracleCase(name);
        var model = ForeignModelFile.Read(oracle.PathOf(file));
        var output = model.OutputCount > 1 ? 1 : 0;
        return (oracle, model, model.ToEnsemble(new() { Levels = oracle.Levels(), Output = output }));
    }

    static SlotBlock InputsOf(OracleCase oracle, TreeEnsemble trees) =>
        oracle.Library == "onnx" ? OnnxOracleTests.Inputs(oracle, trees) : oracle.Inputs(trees);

    static double[] Predictions(TreeEnsemble trees, ForeignModel model, SlotBlock inputs)
    {
        var eta = new double[inputs.RowCount];
        trees.Score(inputs, LibraryOracleTests.Slots(trees), eta);
        model.Link!.Link.Inverse(eta, eta);
        return eta;
    }

    /// <summary>XGBoost's sums are rounded to floats; exported ones are not.</summary>
    static double SinglesIn(TreeEnsemble trees) => trees.Rule.SingleSums ? 1e-5 : Tolerance;

    static void AssertNear(double[] expected, double[] actual, double tolerance, string place)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var row = 0; row < expected.Length; row++)
            Assert.True(
                Math.Abs(expected[row] - actual[row]) <= tolerance * Math.Max(Math.Abs(expected[row]), 1e-3),
                $"{place}, row {row}: {actual[row]:R}, not {expected[row]:R}"
            );
    }

    static NamedOnnxValue ValueOf(ScorerInput input, ReadOnlySpan<double> values)
    {
        int[] shape = [values.Length, 1];
        return input.Levels is { } levels
            ? NamedOnnxValue.CreateFromTensor(
                input.Name,
                new DenseTensor<string>(
                    values.ToArray().Select(code => code >= 0 && code < levels.Count ? levels[(int)code] : "").ToArray(),
                    shape
                )
            )
            : NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<double>(values.ToArray(), shape));
    }
}

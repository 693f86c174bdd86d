using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Every ONNX file of the oracles predicts what ONNX Runtime predicts, within the tolerance of their README.</summary>
public sealed class OnnxOracleTests
{
    [Theory]
    [MemberData(nameof(Cases))]
    public void Predictions_are_the_runtimes_own(string name)
    {
        var oracle = new OracleCase(name);
        var model = ForeignModelFile.Read(oracle.PathOf("model.onnx"));
        var expected = oracle.Numbers("prediction.csv");
        for (var output = 0; output < model.OutputCount; output++)
        {
            var ensemble = model.ToEnsemble(new() { Output = output });
            var (inputs, slots) = (Inputs(oracle, ensemble), LibraryOracleTests.Slots(ensemble));
            var (eta, one) = (new double[inputs.RowCount], new double[1]);
            ensemble.Score(inputs, slots, eta);
            // Where a model has one output of two columns, the second is the class's probability.
            var column = model.OutputCount == 1 ? expected[0].Length - 1 : output;
            var scales = Scales(ensemble, inputs);
            // A 32-bit logistic function below a half is 1 less its other side.
            if (model.Link!.Link.Function == Statistics.LinkFunction.Logit)
                Array.Fill(scales, 0.3);
            for (var row = 0; row < expected.Length; row++)
            {
                var (prediction, wanted) = (model.Link!.Link.Inverse(eta[row]), expected[row][column]);
                Assert.True(
                    prediction.Equals(wanted) || Math.Abs(prediction - wanted) <= 1e-6 * Math.Max(Math.Abs(wanted), scales[row]),
                    $"{name}, row {row}, output {output}: {prediction:R}, not {wanted:R}"
                );
            }
            var single = new SlotBlock(Math.Max(1, ensemble.Inputs.Count), 1);
            for (var row = 0; row < inputs.RowCount; row += 9)
            {
                foreach (var slot in slots)
                    single[slot][0] = inputs[slot][row];
                ensemble.Score(single, slots, one);
                Assert.Equal(BitConverter.DoubleToInt64Bits(eta[row]), BitConverter.DoubleToInt64Bits(one[0]));
            }
        }
        Assert.Equal("ONNX", model.Library);
        Assert.NotEmpty(model.Objective);
    }

    [Fact]
    public void Texts_and_what_the_file_says_of_itself_are_read()
    {
        var model = ForeignModelFile.Read(new OracleCase("onnx-sklearn-poisson-pipeline").PathOf("model.onnx"));

        Assert.Equal(
            ["DrivAge", "BonusMalus", "LogDensity", "VehBrand", "Region"],
            model.Features.Select(feature => feature.Name)
        );
        Assert.Contains("B12", model.Features[3].Levels!);
        Assert.Equal("skl2onnx 1.20.0", model.Version);
        Assert.True(model.NeedsExposureRule);
        var ensemble = model.ToEnsemble();
        var block = new SlotBlock(5, 2);
        // An unseen level counts as none; a missing number has no prediction.
        foreach (var (input, value) in new[] { 40.0, 60, 5, double.NaN, 1 }.Index())
            (block[input][0], block[input][1]) = (value, input == 0 ? double.NaN : value);
        var eta = new double[2];
        ensemble.Score(block, [0, 1, 2, 3, 4], eta);
        Assert.True(double.IsFinite(eta[0]));
        Assert.True(double.IsNaN(eta[1]));
    }

    /// <summary>Sums of the leaves' sizes: what rounding is measured against where leaves cancel. Averages and predictions under a link have none.</summary>
    static double[] Scales(TreeEnsemble ensemble, SlotBlock inputs)
    {
        var scales = new double[inputs.RowCount];
        if (ensemble.Rule.Transform != ScoreTransform.None)
            return scales;
        for (var row = 0; row < scales.Length; row++)
        {
            var values = ensemble.RowOf(inputs, LibraryOracleTests.Slots(ensemble), row);
            for (var tree = 0; tree < ensemble.TreeCount && ensemble.Nodes.Linear is null; tree++)
                scales[row] += Math.Abs(ensemble.Nodes.ValueAt(ensemble.Nodes.Roots[tree], values)) / ensemble.Rule.Divisor;
        }
        return scales;
    }

    /// <summary>Inputs by name, or by number where the file has a matrix without names.</summary>
    internal static SlotBlock Inputs(OracleCase oracle, TreeEnsemble ensemble)
    {
        var cells = oracle.Rows("input.csv");
        var block = new SlotBlock(ensemble.Inputs.Count, cells.Count - 1);
        for (var input = 0; input < ensemble.Inputs.Count; input++)
        {
            var column = Array.IndexOf(cells[0], ensemble.Inputs[input].Name) is >= 0 and var named ? named : input;
            for (var row = 0; row < block.RowCount; row++)
                block[input][row] = OracleCase.ValueOf(cells[row + 1][column], ensemble.Inputs[input].Levels);
        }
        return block;
    }

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        var root = Path.Combine(ProjectRoot.Path, "..", "shared", "oracles", "models");
        foreach (var folder in Directory.Exists(root) ? Directory.GetDirectories(root, "onnx-*") : [])
            cases.Add(Path.GetFileName(folder));
        if (cases.Count == 0)
            cases.Add("none");
        return cases;
    }
}

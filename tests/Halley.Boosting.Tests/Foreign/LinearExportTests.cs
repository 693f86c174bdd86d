using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Halley.Boosting.Tests;

/// <summary>Linear predictors as ONNX, scored by ONNX Runtime and by the reader here, against their definition.</summary>
public sealed class LinearExportTests
{
    static readonly LevelList Regions = new(["north", "south", "west"]);

    static readonly ScorerInput[] Inputs =
    [
        new("region", FieldKind.Category, Regions),
        new("age", FieldKind.Number),
        new("garage", FieldKind.Boolean),
        new("power", FieldKind.Number),
    ];

    static readonly LinearForm Form = new(
        Inputs,
        -1.25,
        [
            new("region", [new(0, 3, -1, [], -1, [])], [], [0, 0.3, -0.2]),
            new("age bands", [new(1, 4, 3, [], -1, [25, 40.5])], [], [0.4, 0.1, 0, -0.7]),
            new("garage", [new(2, 3, 2, [], -1, [])], [], [0, -0.15, 0.05]),
            new("power values", [new(3, 3, -1, [4, 7], 2, [])], [], [0.01, 0.2, 0.5]),
            new("age", [], [new(1, 3, false, 30)], [0.02, -1e-4, 1e-6]),
            new("log power", [], [new(3, 1, true, double.NaN)], [0.35]),
            new(
                "garage x region",
                [new(2, 3, 2, [], -1, []), new(0, 3, -1, [], -1, [])],
                [],
                [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
            ),
            new(
                "region x age x power",
                [new(0, 3, -1, [], -1, [])],
                [new(1, 2, false, 30), new(3, 1, false, double.NaN)],
                [0.001, 1e-5, 0.002, 2e-5, -0.001, 3e-5]
            ),
        ]
    );

    [Theory]
    [InlineData(LinkFunction.Log)]
    [InlineData(LinkFunction.Logit)]
    [InlineData(LinkFunction.Identity)]
    public void A_file_predicts_what_the_form_says(LinkFunction function)
    {
        var link = function switch
        {
            LinkFunction.Log => Link.Log,
            LinkFunction.Logit => Link.Logit,
            _ => Link.Identity,
        };
        var block = Rows(300);
        var expected = Enumerable.Range(0, 300).Select(row => link.Inverse(Predictor(block, row))).ToArray();
        Assert.InRange(expected.Count(double.IsNaN), 20, 200);

        var bytes = OnnxLinearExport.Write(Form, link);

        using var session = new InferenceSession(bytes);
        using var results = session.Run([.. Inputs.Select((input, slot) => ValueOf(input, block[slot]))]);
        Near(expected, [.. results[0].AsTensor<double>()]);
        var foreign = ForeignModelFile.Read(bytes);
        var copy = foreign.ToEnsemble(new() { Levels = new Dictionary<string, LevelList> { ["region"] = Regions } });
        var scores = new double[300];
        copy.Score(block, [.. copy.Inputs.Select(input => Array.FindIndex(Inputs, own => own.Name == input.Name))], scores);
        foreign.Link!.Link.Inverse(scores, scores);
        Near(expected, scores);
    }

    [Fact]
    public void Probabilities_of_classes_are_those_of_the_runtime()
    {
        var (x, codes) = MulticlassTests.Draw(400, seed: 21);
        var set = MulticlassTests.SetOf(x, codes);
        var trees = new BoostingTrainer(
            new()
            {
                Objective = BoostingObjective.Multiclass,
                Classes = 3,
                Rounds = 6,
                MinimumLeafHessian = 1,
            }
        ).Fit(set).Trees;

        using var session = new InferenceSession(OnnxExport.Write(trees, Link.Identity));
        using var results = session.Run([.. trees.Inputs.Select((input, slot) => ValueOf(input, x[slot]))]);

        var (scores, shares) = (MulticlassTests.All(trees, set.Learn), results[0].AsTensor<double>().ToArray());
        var best = results[1].AsTensor<long>().ToArray();
        var eta = Scores.Of(trees, set.Learn);
        for (var row = 0; row < 400; row++)
        {
            ClassShares.Fill(scores.AsSpan(3 * row, 3));
            for (var output = 0; output < 3; output++)
                Assert.Equal(scores[3 * row + output], shares[3 * row + output], 1e-12);
            Assert.Equal(eta[row], best[row]);
        }
    }

    [Fact]
    public void A_link_that_the_format_lacks_is_refused() =>
        Assert.StartsWith(
            "HLY2240",
            Assert.Throws<HalleyException>(() => OnnxLinearExport.Write(Form, Link.Probit)).Message,
            StringComparison.Ordinal
        );

    /// <summary>From the definitions.</summary>
    static double Predictor(SlotBlock block, int row)
    {
        var sum = Form.Constant;
        foreach (var term in Form.Terms)
        {
            double[] columns = [1];
            foreach (var number in term.Numbers)
            {
                var x = block[number.Input][row];
                x = double.IsNaN(x) ? number.WhenMissing : x;
                x = number.IsLog ? Math.Log(x) : x;
                var powers = Enumerable.Range(1, number.Powers).Select(power => Math.Pow(x, power)).ToArray();
                columns = [.. columns.SelectMany(left => powers.Select(right => left * right))];
            }
            var cell = 0;
            foreach (var rule in term.Levels)
            {
                var level = LevelOf(rule, block[rule.Input][row]);
                if (level < 0)
                    return double.NaN;
                cell = cell * rule.Count + level;
            }
            for (var column = 0; column < columns.Length; column++)
                sum += term.Coefficients[cell * columns.Length + column] * columns[column];
        }
        return sum;
    }

    static int LevelOf(LevelRule rule, double x)
    {
        if (double.IsNaN(x))
            return rule.Missing;
        if (rule.Cuts.Count > 0)
            return rule.Cuts.Count(cut => x >= cut);
        if (rule.Values.Count > 0)
            return rule.Values.ToList().IndexOf(x) is var at and >= 0 ? at : rule.Unseen;
        return (int)x;
    }

    static SlotBlock Rows(int count)
    {
        var (random, block) = (new DeterministicRandom(4), new SlotBlock(4, count));
        for (var row = 0; row < count; row++)
        {
            block[0][row] = random.NextInt(20) == 0 ? double.NaN : random.NextInt(3);
            // Cuts themselves are among the values.
            block[1][row] = random.NextInt(10) == 0 ? double.NaN : 20 + random.NextInt(60) * 0.5;
            block[2][row] = random.NextInt(10) == 0 ? double.NaN : random.NextInt(2);
            block[3][row] = random.NextInt(20) == 0 ? double.NaN : 3 + random.NextInt(6);
        }
        return block;
    }

    static NamedOnnxValue ValueOf(ScorerInput input, ReadOnlySpan<double> values)
    {
        int[] shape = [values.Length, 1];
        if (input.Levels is not { } levels)
            return NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<double>(values.ToArray(), shape));
        var texts = Array.ConvertAll(values.ToArray(), code => double.IsNaN(code) ? "somewhere else" : levels[(int)code]);
        return NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<string>(texts, shape));
    }

    static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var row = 0; row < expected.Length; row++)
        {
            if (double.IsNaN(expected[row]))
                Assert.Equal(double.NaN, actual[row]);
            else
                Assert.Equal(1, actual[row] / expected[row], 1e-12);
        }
    }
}

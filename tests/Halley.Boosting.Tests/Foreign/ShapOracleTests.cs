using System.Globalization;
using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Shapley values are the libraries' own, and add up to the score.</summary>
public sealed class ShapOracleTests
{
    [Theory]
    [MemberData(nameof(LibraryOracleTests.Cases), MemberType = typeof(LibraryOracleTests))]
    public void Path_dependent_values_are_the_librarys_own(string name, string file)
    {
        var oracle = new OracleCase(name);
        var linear = name.Contains("linear", StringComparison.Ordinal);
        // CatBoost's values of trees that are not symmetric do not add up; ours do, so they are not compared.
        if (!oracle.Has("shap.csv") || linear || oracle.Has("shap_not_additive.csv"))
            return;
        var trees = LibraryOracleTests.Read(name, file).Ensemble;
        // How CatBoost shares a statistic among trees' players is not the rule used here; those values only add up.
        if (trees.Derived.OfType<CtrColumn>().Any())
            return;
        var (inputs, slots) = (oracle.Inputs(trees), LibraryOracleTests.Slots(trees));
        var (shap, contributions) = (new TreeShap(trees), new double[trees.Inputs.Count]);
        var average =
            oracle.Library == "lightgbm" && oracle.Has("raw.csv") && name.Contains("-rf", StringComparison.Ordinal)
                ? oracle.Case.GetProperty("iterations_in_file").GetInt32()
                : 1;
        var offsets = oracle.Has("offset.csv") && oracle.Library != "lightgbm";
        foreach (var line in oracle.Numbers("shap.csv").Take(30))
        {
            var (row, output, expected) = ((int)line[0], (int)line[1], line[2..]);
            shap.Explain(inputs, slots, row, output, contributions);
            var scale = expected.Max(Math.Abs);
            var tolerance = (oracle.Library == "xgboost" ? 2e-6 : 1e-12) * Math.Max(scale, 1);
            for (var input = 0; input < contributions.Length; input++)
                Assert.True(
                    Math.Abs(contributions[input] * average - expected[input]) <= tolerance,
                    $"{name}, row {row}, output {output}, {trees.Inputs[input].Name}: {contributions[input]:R}, not {expected[input]:R}"
                );
            if (!offsets)
                Assert.True(
                    Math.Abs(shap.ExpectedScore(output) * average - expected[^1]) <= tolerance,
                    $"{name}, output {output}, expected: {shap.ExpectedScore(output):R}, not {expected[^1]:R}"
                );
        }
    }

    [Theory]
    [InlineData("catboost-1.2.10-depthwise", "model.cbm")]
    [InlineData("catboost-1.2.10-ctr-numeric-mix", "model.json")]
    [InlineData("lightgbm-4.7.0-real-size", "model.txt")]
    [InlineData("lightgbm-4.7.0-zero-as-missing", "model.txt")]
    public void Values_add_up_to_the_score(string name, string file)
    {
        var (oracle, trees) = LibraryOracleTests.Read(name, file);
        var (inputs, slots) = (oracle.Inputs(trees), LibraryOracleTests.Slots(trees));
        var (shap, contributions) = (new TreeShap(trees), new double[trees.Inputs.Count]);
        var eta = new double[inputs.RowCount];
        trees.Score(inputs, slots, eta);
        for (var row = 0; row < inputs.RowCount; row += 7)
        {
            shap.Explain(inputs, slots, row, 0, contributions);

            Assert.Equal(eta[row], shap.ExpectedScore(0) + contributions.Sum(), 1e-12 * Math.Max(1, Math.Abs(eta[row])));
        }
    }

    [Theory]
    [InlineData("lightgbm-4.7.0-shap-interventional", "model.txt")]
    [InlineData("xgboost-3.2.0-shap-interventional", "model.ubj")]
    public void Interventional_values_are_the_reference_ones(string name, string file)
    {
        var (oracle, trees) = LibraryOracleTests.Read(name, file);
        var (inputs, slots) = (oracle.Inputs(trees), LibraryOracleTests.Slots(trees));
        var background = oracle.Inputs(trees, "background.csv");
        var (shap, contributions) = (new TreeShap(trees), new double[trees.Inputs.Count]);
        foreach (var line in oracle.Numbers("shap_interventional.csv").Take(10))
        {
            var mean = shap.ExplainAgainst(inputs, slots, (int)line[0], background, (int)line[1], contributions);
            var tolerance = (oracle.Library == "xgboost" ? 2e-6 : 2e-8) * line[2..].Max(Math.Abs);
            for (var input = 0; input < contributions.Length; input++)
                Assert.Equal(line[2 + input], contributions[input], tolerance);
            Assert.Equal(line[^1], mean, tolerance);
        }
    }

    [Fact]
    public void Interaction_values_are_the_librarys_own()
    {
        var (oracle, trees) = LibraryOracleTests.Read("xgboost-3.2.0-gamma", "model.ubj");
        var (inputs, slots, size) = (oracle.Inputs(trees), LibraryOracleTests.Slots(trees), trees.Inputs.Count);
        var (shap, pairs, own) = (new TreeShap(trees), new double[size * size], new double[size]);
        var lines = oracle.Rows("shap_interaction.csv").Skip(1).ToArray();
        Assert.True(lines.Length >= 5 * size);
        foreach (var line in lines)
        {
            var (row, feature) = (int.Parse(line[0], CultureInfo.InvariantCulture), line[1]);
            if (feature == "expected")
                continue;
            shap.ExplainPairs(inputs, slots, row, 0, pairs);
            shap.Explain(inputs, slots, row, 0, own);
            var one = trees.Inputs.Select(input => input.Name).ToList().IndexOf(feature);
            for (var other = 0; other < size; other++)
            {
                var expected = double.Parse(line[2 + other], CultureInfo.InvariantCulture);
                Assert.Equal(expected, pairs[one * size + other], 2e-6);
                Assert.Equal(pairs[other * size + one], pairs[one * size + other], 1e-12);
            }
            Assert.Equal(own[one], pairs.AsSpan(one * size, size).ToArray().Sum(), 1e-12);
        }
    }

    [Fact]
    public void Linear_leaves_of_a_file_are_explained_against_a_background()
    {
        var (oracle, trees) = LibraryOracleTests.Read("lightgbm-4.7.0-linear-tree", "model.txt");
        var (inputs, slots) = (oracle.Inputs(trees), LibraryOracleTests.Slots(trees));
        var (shap, own, eta) = (new TreeShap(trees), new double[trees.Inputs.Count], new double[inputs.RowCount]);
        // Later rows hold values without a finite score.
        inputs.RowCount = 100;
        eta = eta[..100];
        trees.Score(inputs, slots, eta);
        Assert.All(eta, score => Assert.True(double.IsFinite(score)));

        for (var row = 0; row < 20; row++)
        {
            var mean = shap.ExplainAgainst(inputs, slots, row, inputs, 0, own);

            Assert.Equal(eta.Average(), mean, 1e-10);
            Assert.Equal(eta[row], mean + own.Sum(), 1e-10);
        }
        // The file does not hold the means that unknown inputs would stand at.
        Assert.StartsWith(
            "HLY2232: the model's leaves are linear models",
            Assert.Throws<HalleyException>(() => shap.Explain(inputs, slots, 0, 0, own)).Message,
            StringComparison.Ordinal
        );
    }
}

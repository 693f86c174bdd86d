using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Credibility and neighbour terms against mgcv (<c>re</c>, <c>mrf</c>).</summary>
public class CredibilityTests
{
    static readonly string Folder = Path.Combine(ProjectRoot.Path, "tests/golden/glm/credibility");

    [Fact]
    public void Levels_by_credibility_are_those_of_mgcv() =>
        AssertSame(
            "re",
            Fit(new FactorTerm("VehGas") { Base = "Diesel" }, new CredibilityTerm("Region"), new CredibilityTerm("VehBrand")),
            "Region",
            "VehBrand"
        );

    [Fact]
    public void Neighbours_are_smoothed_as_by_mgcv() =>
        AssertSame(
            "mrf",
            Fit(
                new FactorTerm("VehGas") { Base = "Diesel" },
                new NeighbourTerm("Region", Neighbours()),
                new SmoothTerm("DrivAge") { Size = 8 }
            ),
            "Region",
            "DrivAge"
        );

    [Fact]
    public void Little_exposure_is_drawn_to_the_mean_and_much_keeps_its_own()
    {
        var (set, free, held) = Uneven(null);

        var (plain, credible) = (new GlmTrainer(free).Fit(set), new GlmTrainer(held).Fit(set));

        double Distance(GlmFit fit, int level) =>
            Math.Abs(Math.Log(fit.Relativities[0].Levels[level].Observed / fit.Relativities[0].Levels[level].Fitted));
        Assert.True(Distance(plain, 0) < 1e-8 && Distance(plain, 5) < 1e-8);
        // Level 0 has a thousand times the exposure of level 5.
        Assert.True(Distance(credible, 5) > 20 * Distance(credible, 0));
        Assert.InRange(credible.EffectiveDegrees, 1.5, plain.Rank);
    }

    // Bühlmann and Straub: Z = n·a/(n·a + s²) with λ = s²/a in place of both, under the Gaussian model.
    [Fact]
    public void A_gaussian_effect_is_the_deviation_times_its_credibility()
    {
        const double lambda = 7;
        var (set, _, held) = Uneven(lambda);
        var fit = new GlmTrainer(held with { Family = Statistics.Family.Gaussian }).Fit(set);

        foreach (var level in fit.Relativities[0].Levels)
        {
            var constant = fit.Coefficients[0].Estimate;
            var credibility = level.RowCount / (level.RowCount + lambda);
            Assert.Equal(credibility * (level.Observed / level.RowCount - constant), level.Coefficient, 1e-9);
        }
    }

    [Fact]
    public void A_level_without_neighbours_is_named()
    {
        var neighbours = Neighbours().Where(pair => pair.Key != "R94").ToDictionary(pair => pair.Key, pair => pair.Value);
        neighbours["R93"] = [.. neighbours["R93"].Where(level => level != "R94")];

        var problem = Assert.Throws<HalleyException>(() => Fit(new NeighbourTerm("Region", neighbours)));

        Assert.Equal("HLY2118", problem.Code);
        Assert.Contains("level 'R94' has no neighbour among the levels with rows", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_that_make_no_sense_are_refused_all_at_once()
    {
        GlmOptions options = new()
        {
            Terms =
            [
                new CredibilityTerm("a") { Base = "x", Lambda = 0 },
                new NeighbourTerm("b", new Dictionary<string, IReadOnlyList<string>> { ["x"] = ["x"] }),
                new SmoothTerm("c")
                {
                    Size = 3,
                    PenaltyOrder = 9,
                    Lambda = -1,
                },
                new SmoothTerm("d") { Basis = SmoothKind.PSpline, Knots = [1, 2, 2, 3] },
                new InteractionTerm(new CredibilityTerm("f"), new SmoothTerm("g")),
                new BSplineTerm("h") { DegreesOfFreedom = 2, Degree = 9 },
                new NaturalSplineTerm("i") { Knots = [3, 1] },
            ],
        };

        var message = Assert.Throws<HalleyException>(options.Validate).Message;

        foreach (
            var part in new[]
            {
                "there is no base level; remove 'x'",
                "lambda 0 is not a number above 0",
                "'x' is listed as its own neighbour",
                "size 3 is outside 4 to 60",
                "penalty order 9 is outside 1 to 3",
                "lambda -1 is not a number of 0 or more",
                "a P-spline's knots are even",
                "knot 2 is not above the one before it",
                "holds 're(f)' and the smooth 's(g)': use a factor in place of the first (a curve for each level)",
                "degree 9 is outside 1 to 5",
                "knot 1 is not above the one before it",
            }
        )
            Assert.Contains(part, message, StringComparison.Ordinal);
    }

    static (TrainingSet Set, GlmOptions Free, GlmOptions Held) Uneven(double? lambda)
    {
        int[] sizes = [2000, 500, 200, 60, 20, 5];
        var codes = sizes.SelectMany((size, level) => Enumerable.Repeat(level, size)).ToArray();
        double[] target = [.. codes.Select((level, row) => 1.0 + level % 3 + row * 7 % 5 * 0.4)];
        LevelList levels = new([.. sizes.Select((_, level) => $"level {level}")]);
        TrainingSet set = new()
        {
            Learn = new([new CategoricalColumn("x", codes, levels), new NumericColumn("y", target)]),
            Features = [],
            Target = "y",
        };
        return (set, new() { Terms = [new FactorTerm("x")] }, new() { Terms = [new CredibilityTerm("x") { Lambda = lambda }] });
    }

    static GlmFit Fit(params Term[] terms) =>
        new GlmTrainer(new() { Terms = terms }).Fit(
            new()
            {
                Learn = OracleViews.FrenchFirst,
                Features = [],
                Target = "ClaimNb",
                Exposure = "Exposure",
            }
        );

    static Dictionary<string, IReadOnlyList<string>> Neighbours() =>
        File.ReadAllLines(Path.Combine(Folder, "neighbours.txt"))
            .Select(line => line.Split('-'))
            .SelectMany(pair => new[] { (pair[0], pair[1]), (pair[1], pair[0]) })
            .GroupBy(pair => pair.Item1)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(pair => pair.Item2)]);

    static void AssertSame(string model, GlmFit fit, params string[] smooths)
    {
        var table = CsvReader.Read(Path.Combine(Folder, "results.csv"));
        var compared = 0;
        for (var row = 0; row < table.RowCount; row++)
        {
            if (table["model"].TextAt(row) != model)
                continue;
            var (what, name) = (table["what"].TextAt(row)!, table["name"].TextAt(row)!);
            var (value, error) = (table.Numeric("value").Values[row], table.Numeric("se").Values[row]);
            compared++;
            switch (what)
            {
                case "figure":
                    AssertNear(value, name == "reml" ? fit.RestrictedScore!.Value : fit.Deviance, name == "reml" ? 1e-9 : 1e-7);
                    break;
                case "lambda":
                    AssertNear(value, fit.Smooths[Array.IndexOf(smooths, name)].Lambda, 1e-4);
                    break;
                case "edf":
                    AssertNear(value, fit.Smooths[Array.IndexOf(smooths, name)].Degrees, 1e-4);
                    break;
                case "coefficient":
                    Assert.Equal(value, fit.Find(name)!.Estimate, 1e-4 * error);
                    AssertNear(error, fit.Find(name)!.StandardError, 1e-4);
                    break;
                default:
                    var level = fit
                        .Relativities.Single(factor => factor.Term.Contains(what, StringComparison.Ordinal))
                        .Levels.Single(level => level.Level == name);
                    Assert.Equal(value, level.Coefficient, 1e-4 * error);
                    AssertNear(error, level.StandardError, 1e-4);
                    break;
            }
        }
        Assert.InRange(compared, 25, 60);
    }

    static void AssertNear(double expected, double actual, double relative) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Abs(expected),
            $"{actual:R} where {expected:R} is expected, {(actual - expected) / expected:E1} apart"
        );
}

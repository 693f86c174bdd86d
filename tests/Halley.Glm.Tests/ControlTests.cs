using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm.Tests;

/// <summary>Control variables, and relativities that are given.</summary>
public class ControlTests
{
    static readonly Table Learn = Books.Motor(3000, 8);

    static readonly Term[] Terms =
    [
        new FactorTerm("zone"),
        new NumericTerm("age"),
        new FactorTerm("fuel"),
        new PolynomialTerm("size", 2),
        new InteractionTerm(new FactorTerm("fuel"), new FactorTerm("zone")),
        new InteractionTerm(new FactorTerm("zone"), new NumericTerm("age")),
        new InteractionTerm(new NumericTerm("age"), new PolynomialTerm("size", 2)),
    ];

    static readonly Dictionary<string, string> Controls = new() { ["fuel"] = "petrol", ["size"] = "1.5" };

    [Fact]
    public void A_score_without_controls_is_the_score_with_them_at_their_reference()
    {
        var fit = Fit(new() { Terms = Terms, Controls = Controls });

        Assert.Equal(["zone", "age"], fit.Scorer.Inputs.Select(input => input.Name));
        Assert.Equal(["zone", "age", "fuel", "size"], fit.ScorerWithControls.Inputs.Select(input => input.Name));
        var fuel = Learn.Categorical("fuel");
        var atReference = Learn
            .With(
                new CategoricalColumn("fuel", [.. Enumerable.Repeat(fuel.Levels.CodeOf("petrol"), Learn.RowCount)], fuel.Levels)
            )
            .With(new NumericColumn("size", [.. Enumerable.Repeat(1.5, Learn.RowCount)]));
        var expected = Scoring.Eta(fit.ScorerWithControls, atReference);
        var actual = Scoring.Eta(fit.Scorer, Learn);
        for (var row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], actual[row], 1e-12);
        Assert.NotEqual(Scoring.Eta(fit.ScorerWithControls, Learn), actual);
    }

    [Fact]
    public void Controls_change_no_coefficient()
    {
        var (with, without) = (Fit(new() { Terms = Terms, Controls = Controls }), Fit(new() { Terms = Terms }));

        foreach (var (one, other) in with.Coefficients.Zip(without.Coefficients))
            Assert.Equal(one.Estimate, other.Estimate, 1e-10 * Math.Max(1, Math.Abs(one.Estimate)));
        Assert.Same(without.Scorer, without.ScorerWithControls);
    }

    [Theory]
    [InlineData("fuel", "coal", "'coal' is not among its levels with rows: diesel, petrol, electric")]
    [InlineData("size", "big", "'big' is not a number, and the column is of kind number")]
    public void A_reference_that_is_none_is_refused(string column, string value, string message)
    {
        var problem = Assert.Throws<HalleyException>(() =>
            Fit(
                new()
                {
                    Terms = Terms,
                    Controls = new Dictionary<string, string> { [column] = value },
                }
            )
        );

        Assert.Equal("HLY2114", problem.Code);
        Assert.Contains($"control '{column}': {message}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_without_a_term_is_refused()
    {
        GlmOptions options = new()
        {
            Terms = Terms,
            Controls = new Dictionary<string, string> { ["year"] = "2024" },
        };

        Assert.Contains(
            "control 'year' is in no term; add a term for it, or leave it out",
            Assert.Throws<HalleyException>(options.Validate).Message,
            StringComparison.Ordinal
        );
    }

    // A given coefficient is an offset: the rest is what a fit with that offset finds.
    [Fact]
    public void Given_relativities_stand_and_the_rest_is_fitted_around_them()
    {
        var given = new Dictionary<string, double> { ["coast"] = 1.3, ["city"] = 0.8 };
        Term[] terms =
        [
            new FactorTerm("zone") { Base = "north", Fixed = given },
            new FactorTerm("garage"),
            new NumericTerm("age"),
        ];

        var fit = Fit(new() { Terms = terms });

        var zone = Learn.Categorical("zone");
        double[] offset =
        [
            .. Enumerable.Range(0, Learn.RowCount).Select(row => VectorMath.Log(given.GetValueOrDefault(zone.TextAt(row)!, 1))),
        ];
        // South keeps its own coefficient, north and the given ones share the base.
        int[] south = [.. Enumerable.Range(0, Learn.RowCount).Select(row => zone.TextAt(row) == "south" ? 1 : 0)];
        var table = Learn
            .With(new NumericColumn("given", offset))
            .With(new CategoricalColumn("south", south, new(["no", "yes"])));
        var expected = new GlmTrainer(
            new() { Terms = [new FactorTerm("south") { Base = "no" }, new FactorTerm("garage"), new NumericTerm("age")] }
        ).Fit(Books.Cases[0].Set(table) with { Offset = "given" });
        Assert.Equal(expected.Deviance, fit.Deviance, 1e-9 * fit.Deviance);
        Assert.Equal(expected.Rank, fit.Rank);
        Assert.Equal(expected.Find("south[yes]")!.Estimate, fit.Find("zone[south]")!.Estimate, 1e-9);
        Assert.Equal(expected.Find("south[yes]")!.StandardError, fit.Find("zone[south]")!.StandardError, 1e-9);
        var levels = fit.Relativities[0].Levels.ToDictionary(level => level.Level);
        Assert.Equal(
            (1.3, true, 0),
            (Math.Round(levels["coast"].Relativity, 12), levels["coast"].IsFixed, levels["coast"].StandardError)
        );
        Assert.Equal(1.3, levels["coast"].Upper, 1e-12);
        Assert.Equal(0.8, levels["city"].Relativity, 1e-12);
        Assert.False(levels["south"].IsFixed || levels["north"].IsFixed);
    }

    [Fact]
    public void Given_relativities_go_without_a_penalty()
    {
        GlmOptions options = new()
        {
            Terms = [new FactorTerm("zone") { Fixed = new Dictionary<string, double> { ["city"] = 2 } }],
            Penalty = new() { Strength = 1 },
        };

        Assert.Contains(
            "term 'zone' has given relativities, which a penalised fit does not keep",
            Assert.Throws<HalleyException>(options.Validate).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_penalised_score_leaves_controls_out_too()
    {
        var fit = Fit(
            new()
            {
                Terms = Terms,
                Controls = Controls,
                Penalty = new() { Strength = 1e-3, L1Ratio = 0 },
            }
        );

        Assert.Equal(["zone", "age"], fit.Scorer.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Given_relativities_that_make_no_sense_are_refused()
    {
        string Refusal(string? @base, string level, double value) =>
            Assert
                .Throws<HalleyException>(() =>
                    Fit(
                        new()
                        {
                            Terms =
                            [
                                new FactorTerm("zone")
                                {
                                    Base = @base,
                                    Fixed = new Dictionary<string, double> { [level] = value },
                                },
                            ],
                        }
                    )
                )
                .Message;

        Assert.Contains(
            "'north' is the base level, whose relativity is 1",
            Refusal("north", "north", 2),
            StringComparison.Ordinal
        );
        Assert.Contains("under the log link it is a factor above 0", Refusal("north", "city", -1), StringComparison.Ordinal);
        Assert.Contains(
            "the level of a given relativity 'moon' is not among",
            Refusal(null, "moon", 1),
            StringComparison.Ordinal
        );
        Assert.Contains("is NaN, not a number", Refusal(null, "city", double.NaN), StringComparison.Ordinal);
    }

    static GlmFit Fit(GlmOptions options) => new GlmTrainer(options).Fit(Books.Cases[0].Set(Learn));
}

using Halley.Data;
using Halley.Glm;
using Halley.Models;

namespace Halley.Specs.Tests;

/// <summary>Terms written back into model files.</summary>
public class TermTextTests
{
    static readonly Term[] Terms =
    [
        new NumericTerm("age") { WhenMissing = ValueRule.Replace("40") },
        new LogTerm("density per km²"),
        new PolynomialTerm("age", 3) { Orthogonal = true, Label = "age: \"curve\"" },
        new NaturalSplineTerm("age") { Knots = [30, 50.5], Label = "natural" },
        new BSplineTerm("age") { Degree = 2, DegreesOfFreedom = 6 },
        new SmoothTerm("power") { Size = 12, Lambda = 0.5 },
        new SmoothTerm("weight") { Basis = SmoothKind.PSpline, PenaltyOrder = 1 },
        new SmoothTerm("weight") { By = new FactorTerm("fuel") },
        new SmoothTerm("power") { By = new BandedTerm("age", [18, 21]) { WhenMissing = ValueRule.Reject } },
        new SmoothTerm("power")
        {
            By = new FactorTerm("yes") { Base = "true" },
            Label = "power by yes",
        },
        new FactorTerm("region")
        {
            Base = "No",
            Fixed = new Dictionary<string, double> { ["true"] = 1.2 },
            WhenMissing = ValueRule.Reject,
        },
        new FactorTerm("doors") { WhenUnseen = ValueRule.Missing },
        new BandedTerm("age", [18, 21]) { Label = "bands", Base = ">=21" },
        new CredibilityTerm("make") { Lambda = 2 },
        new NeighbourTerm("zone", new Dictionary<string, IReadOnlyList<string>> { ["A, B"] = ["C", "1"] }),
        new InteractionTerm(new FactorTerm("fuel"), new BandedTerm("age", [30])) { Label = "both" },
        new SmoothTerm("weight") { By = new LogTerm("power") },
        new InteractionTerm(new SmoothTerm("age") { Size = 6 }, new SmoothTerm("weight") { Lambda = 2 }, new FactorTerm("fuel")),
        new InteractionTerm(new CredibilityTerm("make") { Lambda = 2 }, new NumericTerm("age")),
    ];

    /// <summary>Terms with rules, which can't stand beside some of the others.</summary>
    static readonly Term[] Held =
    [
        new BandedTerm("bonus", [60, 100]) { Monotone = MonotoneRule.Rising },
        new BandedTerm("power", [6]) { Monotone = MonotoneRule.Falling, Label = "powers" },
        new FactorTerm("brand") { Lowest = 0.5, Highest = 2 },
        new FactorTerm("colour") { Highest = 1.5 },
    ];

    const string File = """
        # A comment that stays.
        model: claims
        data: policies
        learner: glm
        target: claims
        family: poisson
        terms:            # these go
          - number: old
          # this too
          - factor: older
            base: x

        # Belongs to the split.
        split: { test_share: 0.2 }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_kind_of_term_comes_back_as_it_was(bool held)
    {
        var terms = held ? Held : Terms;
        var text = ModelFileText.WithTerms(File, "claims.yaml", "claims-found", terms);
        var read = SpecFiles.Model.Parse(text, "claims.yaml").Spec;
        Assert.Equal("claims-found", read.Name);
        var learner = Assert.IsType<GlmLearner>(read.Learner);
        // The canonical JSON of two specs is equal where the specs are.
        Assert.Equal((read with { Learner = learner with { Terms = terms } }).ToJson(), read.ToJson());
    }

    [Fact]
    public void Only_the_terms_and_the_name_change()
    {
        var text = ModelFileText.WithTerms(File, "claims.yaml", "found", [new NumericTerm("age"), new FactorTerm("yes")]);
        Assert.Equal(
            """
            # A comment that stays.
            model: found
            data: policies
            learner: glm
            target: claims
            family: poisson
            terms:
              - { number: age }
              - { factor: "yes" }

            # Belongs to the split.
            split: { test_share: 0.2 }
            """,
            text
        );
    }

    [Fact]
    public void A_file_without_a_block_of_terms_is_refused()
    {
        var refusal = Assert.Throws<HalleyException>(() =>
            ModelFileText.WithTerms("{ model: a, terms: [] }", "a.yaml", "b", [new NumericTerm("age")])
        );
        Assert.StartsWith(
            "HLY3520: 'a.yaml' has no block of terms that can be replaced.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }
}

using System.Text.Json.Nodes;
using Halley.Boosting;
using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models.Tests;

public class ModelSpecJsonTests
{
    /// <summary>Every kind of part, with nothing at its default.</summary>
    static readonly ModelSpec Everything = new()
    {
        Name = "everything",
        Target = "y",
        Cap = new(50_000, CapExcess.Drop),
        Exposure = "years",
        ExposureUse = ExposureUse.Rate,
        Weight = "w",
        Offset = "known",
        Family = Family.Tweedie(1.6),
        Link = Link.Power(0.5),
        Where = "years > 0 and y < 1e6",
        Derived = [new("a2", "a * a"), new("band", "if(a < 3, \"low\", \"high\")")],
        Rules = [new("a", ValueRule.Replace("3"), ValueRule.Missing), new("b", null, ValueRule.Reject)],
        Learner = new GlmLearner
        {
            Terms =
            [
                new FactorTerm("b")
                {
                    Base = "x",
                    Label = "bee",
                    WhenMissing = ValueRule.Replace("x"),
                    WhenUnseen = ValueRule.Missing,
                },
                new BandedTerm("a", [6, 13.5]),
                new NumericTerm("a2"),
                new LogTerm("c") { WhenMissing = ValueRule.Replace("1") },
                new PolynomialTerm("d", 4) { Orthogonal = true },
                new InteractionTerm(new FactorTerm("b"), new NumericTerm("a")),
            ],
            Options = new()
            {
                Tolerance = 1e-9,
                MaxIterations = 30,
                ConfidenceLevel = 0.9,
                Penalty = new()
                {
                    L1Ratio = 0.3,
                    Scale = PenaltyScale.All,
                    Terms =
                    [
                        new("bee") { Weight = 2, Kind = PenaltyKind.Group },
                        new("a")
                        {
                            Lower = -1,
                            Upper = 0.5,
                            Weight = 0,
                        },
                        new("c") { Monotone = MonotoneRule.Falling, Kind = PenaltyKind.Steps },
                    ],
                    PathLength = 20,
                    PathRatio = 0.01,
                    Folds = new()
                    {
                        Count = 5,
                        Keys = ["id"],
                        Seed = 3,
                    },
                    Choice = StrengthChoice.Best,
                    Tolerance = 1e-5,
                },
            },
        },
        Split = new TimeSplit
        {
            Column = "start",
            ValidationFrom = new(2024, 7, 1),
            TestFrom = new(2025, 1, 1),
            ValidationShare = 0.1,
            Keys = ["id"],
        },
        Seed = ulong.MaxValue,
        Notes = "é \"quoted\" <tag>\nsecond line",
    };

    [Fact]
    public void Every_member_survives_the_round_trip()
    {
        var json = Everything.ToJson();
        var read = ModelSpec.FromJson(json);
        Assert.Equal(json, read.ToJson());
        Assert.Equal(Everything.Seed, read.Seed);
        Assert.Equal(Everything.Family, read.Family);
        Assert.Equal(Everything.Link, read.Link);
        var terms = Assert.IsType<GlmLearner>(read.Learner).Terms;
        Assert.Equal(((GlmLearner)Everything.Learner).Terms[0], terms[0]);
        Assert.Equal(new[] { 6, 13.5 }, Assert.IsType<BandedTerm>(terms[1]).Cuts);
        Assert.True(Assert.IsType<PolynomialTerm>(terms[4]).Orthogonal);
        Assert.Equal(2, Assert.IsType<InteractionTerm>(terms[5]).Factors.Count);
    }

    [Fact]
    public void Every_member_is_written()
    {
        var json = Everything.ToJson();
        foreach (
            var value in new[]
            {
                "50000",
                "Drop",
                "Rate",
                "\"w\"",
                "known",
                "tweedie(1.6)",
                "power(0.5)",
                "1e6",
                "13.5",
                "bee",
                "0.9",
                "2024-07-01",
            }
        )
            Assert.Contains(value, json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_spec_states_itself_is_not_written_twice()
    {
        var options = (JsonObject)JsonNode.Parse(Specs.Boosting.ToJson())!["learner"]!["options"]!;
        Assert.False(options.ContainsKey("seed") || options.ContainsKey("objective") || options.ContainsKey("tweediePower"));
        Assert.True(options.ContainsKey("rounds"));
    }

    [Fact]
    public void Members_that_an_older_file_lacks_get_their_defaults_not_zero()
    {
        var spec = ModelSpec.FromJson(
            """
            {"name":"m","target":"y","family":"poisson","learner":{"kind":"boosting","features":["a"],"options":{"rounds":7}},
             "split":{"kind":"random"}}
            """
        );
        var options = Assert.IsType<BoostingLearner>(spec.Learner).Options;
        Assert.Equal(7, options.Rounds);
        Assert.Equal(new BoostingOptions().LearningRate, options.LearningRate);
        Assert.Equal(1ul, spec.Seed);
        Assert.Equal(0.2, Assert.IsType<RandomSplit>(spec.Split).TestShare);
        Assert.Empty(spec.Derived);
    }

    [Theory]
    [InlineData("""{"name":"m"}""", "target")]
    [InlineData("""{"name":"m","target":"y","family":"poison","learner":{"kind":"glm","terms":[]}}""", "poisson")]
    [InlineData(
        """{"name":"m","target":"y","family":"poisson","learner":{"kind":"glm","terms":[null]}}""",
        "null is not allowed"
    )]
    [InlineData("""{"name":"m","target":"y","family":"poisson","learner":{"kind":"glm","terms":[]},"tarjet":"z"}""", "tarjet")]
    [InlineData("""{"name":"m","target":"y","family":"poisson","learner":{"kind":"neural"}}""", "neural")]
    [InlineData("""[1]""", "object")]
    [InlineData("""{"name":""", "")]
    public void A_bad_text_is_refused_with_its_place(string json, string told)
    {
        var problem = Assert.Throws<HalleyException>(() => ModelSpec.FromJson(json));
        Assert.Equal("HLY3002", problem.Code);
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var json = """{"name":""" + new string('[', 10_000);
        Assert.Equal("HLY3002", Assert.Throws<HalleyException>(() => ModelSpec.FromJson(json)).Code);
    }

    [Fact]
    public void The_hash_follows_the_content()
    {
        Assert.Equal(Specs.Glm.Hash(), (Specs.Glm with { }).Hash());
        Assert.NotEqual(Specs.Glm.Hash(), (Specs.Glm with { Seed = 2 }).Hash());
        Assert.Equal(64, Specs.Glm.Hash().Hex.Length);
    }

    [Theory]
    [InlineData(typeof(GlmOptions), "Family", "Link", "Terms", "Threads")]
    [InlineData(typeof(BoostingOptions), "Objective", "TweediePower", "Theta", "Seed", "Classes")]
    public void No_option_of_a_learner_is_forgotten(Type options, params string[] statedBySpec)
    {
        var glm = (GlmLearner)Specs.Glm.Learner;
        // Members that may be null are written where they are not.
        var clustered = glm with
        {
            Options = new()
            {
                Errors = ErrorKind.Clustered,
                Cluster = "garage",
                Penalty = new(),
            },
        };
        var boosting = (BoostingLearner)Specs.Boosting.Learner;
        var spec =
            options == typeof(GlmOptions)
                ? Specs.Glm with
                {
                    Learner = clustered,
                }
                : Specs.Boosting with
                {
                    Learner = boosting with { Options = boosting.Options with { ZeroShare = 0.1 } },
                };
        var written = (JsonObject)JsonNode.Parse(spec.ToJson())!["learner"]!["options"]!;
        var wanted = options
            .GetProperties()
            .Where(property => property.CanWrite)
            .Select(property => property.Name)
            .Except(statedBySpec);
        Assert.Equal(
            wanted.Select(name => char.ToLowerInvariant(name[0]) + name[1..]).Order(),
            written.Select(member => member.Key).Order()
        );
    }

    [Fact]
    public void Options_read_back_say_what_the_spec_says()
    {
        var read = Assert.IsType<BoostingLearner>(
            ModelSpec.FromJson((Specs.Boosting with { Family = Family.Tweedie(1.3) }).ToJson()).Learner
        );
        Assert.Equal(
            (BoostingObjective.Tweedie, 1.3, 11ul),
            (read.Options.Objective, read.Options.TweediePower, read.Options.Seed)
        );
    }

    [Fact]
    public void Directions_of_monotone_features_survive()
    {
        var learner = (BoostingLearner)Specs.Boosting.Learner;
        var spec = Specs.Boosting with
        {
            Learner = learner with { Options = learner.Options with { Monotone = new Dictionary<string, int> { ["age"] = -1 } } },
        };
        var read = Assert.IsType<BoostingLearner>(ModelSpec.FromJson(spec.ToJson()).Learner);
        Assert.Equal(-1, Assert.Single(read.Options.Monotone, pair => pair.Key == "age").Value);
        Assert.NotEqual(Specs.Boosting.Hash(), spec.Hash());
    }
}

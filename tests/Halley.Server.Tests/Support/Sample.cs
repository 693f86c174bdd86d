using Halley.Data;
using Halley.Decisions;
using Halley.Glm;
using Halley.Kernels;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Server.Tests;

/// <summary>A small quote with a fitted claim count, and variants of it.</summary>
static class Sample
{
    /// <summary>A record that is accepted.</summary>
    internal const string Record = """{"quote_id":"q-1","age":40,"region":"north","value":12000,"licence":true}""";

    /// <summary>Claim count; a region that it never saw counts as north.</summary>
    internal static FittedModel Count { get; } = Fit("count", ValueRule.Replace("north"));

    /// <summary>The same, but it throws for a region that it never saw.</summary>
    internal static FittedModel Strict { get; } = Fit("strict", ValueRule.Reject);

    internal static DecisionDefinition Quote { get; } =
        new()
        {
            Name = "quote",
            Description = "Price of a policy.",
            Inputs = new([
                new()
                {
                    Name = "quote_id",
                    Kind = FieldKind.Text,
                    Role = Role.Id,
                    WhenMissing = ValueRule.Missing,
                },
                new()
                {
                    Name = "age",
                    Kind = FieldKind.Number,
                    Minimum = 17,
                    Maximum = 110,
                    Whole = true,
                },
                new()
                {
                    Name = "region",
                    Kind = FieldKind.Category,
                    Levels = new(["north", "south", "east"]),
                },
                new()
                {
                    Name = "value",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                    Unit = "EUR",
                },
                new() { Name = "licence", Kind = FieldKind.Boolean },
            ]),
            Models = [new() { Alias = "count", Reference = "count@1" }],
            Steps = [new() { Name = "premium", Expression = "count * 2000 + value * 0.01" }],
            Eligibility =
            [
                new()
                {
                    Name = "no_licence",
                    When = "not licence",
                    Action = "decline",
                    Reason = "the driver has no licence",
                },
                new()
                {
                    Name = "dear_car",
                    When = "value > 80000",
                    Action = "refer",
                    Reason = "a car of {value:0} EUR is worth more than 80000",
                },
            ],
            Outputs =
            [
                new()
                {
                    Name = "premium",
                    Kind = OutputKind.Money,
                    Value = "premium",
                    Money = new() { Currency = "EUR" },
                    NotWith = ["decline"],
                },
            ],
        };

    /// <summary>The quote with another formula of the premium.</summary>
    internal static DecisionDefinition Priced(string premium) =>
        Quote with
        {
            Steps = [new() { Name = "premium", Expression = premium }],
        };

    /// <summary>The quote with many further steps, so that each answer takes long.</summary>
    internal static DecisionDefinition Slow(int steps) =>
        Quote with
        {
            Steps =
            [
                .. Quote.Steps,
                .. Enumerable
                    .Range(0, steps)
                    .Select(i => new DecisionStep { Name = $"extra_{i}", Expression = $"exp(log(value + {i + 1}) / 7)" }),
            ],
        };

    /// <summary>The quote with the model that throws for the east.</summary>
    internal static DecisionDefinition Throwing { get; } =
        Quote with
        {
            Models = [new() { Alias = "count", Reference = "strict@1" }],
        };

    static FittedModel Fit(string name, ValueRule unseen)
    {
        const int Rows = 600;
        var random = new DeterministicRandom(7);
        var (age, region, claims) = (new double[Rows], new int[Rows], new double[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            age[row] = 18 + random.NextInt(60);
            region[row] = random.NextInt(2);
            claims[row] = random.NextDouble() < 0.3 + 0.1 * region[row] - 0.002 * (age[row] - 40) ? 1 : 0;
        }
        var book = new Table([
            new NumericColumn("age", age),
            new CategoricalColumn("region", region, new(["north", "south"])),
            new NumericColumn("claims", claims),
        ]);
        return ModelFitter.Fit(
            new()
            {
                Name = name,
                Target = "claims",
                Family = Family.Poisson,
                Rules = [new("region", ValueRule.Reject, unseen)],
                Learner = new GlmLearner { Terms = [new FactorTerm("region"), new NumericTerm("age")] },
            },
            book
        );
    }
}

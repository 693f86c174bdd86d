using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry.Tests;

/// <summary>A release without models, whose premium is a formula.</summary>
static class PricedRelease
{
    public static DecisionDefinition Definition(string premium, params Field[] more) =>
        new()
        {
            Name = "quote",
            Inputs = new([
                new()
                {
                    Name = "quote_id",
                    Kind = FieldKind.Text,
                    Role = Role.Id,
                },
                new()
                {
                    Name = "age",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                },
                new()
                {
                    Name = "region",
                    Kind = FieldKind.Category,
                    Levels = new(["north", "south"]),
                },
                new()
                {
                    Name = "tenure",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                },
                .. more,
            ]),
            Outputs =
            [
                new()
                {
                    Name = "premium",
                    Kind = OutputKind.Money,
                    Value = premium,
                    Money = new() { Currency = "EUR" },
                },
            ],
        };

    public static LoadedRelease Of(string premium, int version = 1)
    {
        var definition = Definition(premium);
        var release = new Release
        {
            Id = new("quote", version),
            Definition = ContentHash.Of([1]),
            Models = [],
            Tables = [],
            Hash = ContentHash.Of([2]),
            By = Desk.Alice,
            At = default,
            KeyId = "key",
        };
        return new(
            release,
            definition,
            DecisionPlan.Compile(definition, _ => null),
            new Dictionary<string, Models.FittedModel>(),
            new Dictionary<string, ReadOnlyMemory<byte>>()
        );
    }

    /// <summary>A hundred policies: age 0 to 99, two regions by turns, tenure 0 to 4, half a year at risk each but the last ten with two years.</summary>
    public static Table Book() =>
        new([
            new NumericColumn("age", [.. Enumerable.Range(0, 100).Select(i => (double)i)]),
            new CategoricalColumn("region", [.. Enumerable.Range(0, 100).Select(i => i % 2)], new(["north", "south"])),
            new NumericColumn("tenure", [.. Enumerable.Range(0, 100).Select(i => (double)(i % 5))]),
            new ExposureColumn("years", [.. Enumerable.Range(0, 100).Select(i => i < 90 ? 0.5 : 2)]),
        ]);
}

using System.Globalization;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Simulation;

/// <summary>The smallest decision that tells which release made it: a price of the release plus the request's number.</summary>
static class Priced
{
    internal static DecisionDefinition Definition(string name, int price) =>
        new()
        {
            Name = name,
            Inputs = new([
                new()
                {
                    Name = "number",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                    Maximum = 1000,
                },
            ]),
            Steps = [new() { Name = "total", Expression = string.Create(CultureInfo.InvariantCulture, $"number + {price}") }],
            Outputs =
            [
                new()
                {
                    Name = "premium",
                    Kind = OutputKind.Money,
                    Value = "total",
                    Money = new() { Currency = "EUR" },
                },
            ],
        };
}

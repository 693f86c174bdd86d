namespace Halley.Decisions.Tests;

/// <summary>What present callers notice of another definition, change by change.</summary>
public sealed class InterfaceTests
{
    static readonly DecisionDefinition Before = new()
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
                Unit = "years",
                Minimum = 18,
                Maximum = 90,
            },
            new()
            {
                Name = "region",
                Kind = FieldKind.Category,
                Levels = new(["north", "south"]),
                WhenMissing = ValueRule.Replace("north"),
            },
        ]),
        Outputs =
        [
            new()
            {
                Name = "premium",
                Kind = OutputKind.Money,
                Value = "age",
                Money = new() { Currency = "EUR" },
                Instalments = "12",
                NotWith = ["decline"],
            },
        ],
    };

    public static TheoryData<string, DecisionDefinition, string, bool> Changes() =>
        new()
        {
            {
                "an added input that must be sent",
                WithInput(new() { Name = "fuel", Kind = FieldKind.Text }),
                "input 'fuel' was added and must be sent",
                true
            },
            {
                "an added input that may be missing",
                WithInput(
                    new()
                    {
                        Name = "fuel",
                        Kind = FieldKind.Text,
                        WhenMissing = ValueRule.Missing,
                    }
                ),
                "input 'fuel' was added and may be left out",
                false
            },
            {
                "a removed input",
                Before with
                {
                    Inputs = new(Before.Inputs.Fields.Where(field => field.Name != "age")),
                },
                "input 'age' was removed; requests that still send it are refused",
                true
            },
            {
                "another kind",
                Age(field => field with { Kind = FieldKind.Text }),
                "input 'age' was a number and is a text",
                true
            },
            { "another unit", Age(field => field with { Unit = "months" }), "input 'age' was in years and is in months", true },
            {
                "a raised minimum",
                Age(field => field with { Minimum = 21 }),
                "input 'age' has the minimum 21 in place of 18",
                true
            },
            {
                "a lowered minimum",
                Age(field => field with { Minimum = 16 }),
                "input 'age' has the minimum 16 in place of 18",
                false
            },
            {
                "no minimum any more",
                Age(field => field with { Minimum = null }),
                "input 'age' has no minimum any more (it was 18)",
                false
            },
            {
                "a lowered maximum",
                Age(field => field with { Maximum = 80 }),
                "input 'age' has the maximum 80 in place of 90",
                true
            },
            {
                "a raised maximum",
                Age(field => field with { Maximum = 99 }),
                "input 'age' has the maximum 99 in place of 90",
                false
            },
            { "whole numbers only", Age(field => field with { Whole = true }), "input 'age' must now be whole", true },
            {
                "a missing value that is taken now",
                Age(field => field with { WhenMissing = ValueRule.Replace("40") }),
                "input 'age' is taken as 40 where it is missing; before, it was refused",
                false
            },
            { "another id", Age(field => field with { Role = Role.Id }), "input 'age' became the unit's id", true },
            {
                "fewer levels",
                Region(field => field with { Levels = new(["north"]) }),
                "input 'region' no longer lists 'south'",
                true
            },
            {
                "more levels",
                Region(field => field with { Levels = new(["north", "south", "east"]) }),
                "input 'region' lists 'east' too",
                false
            },
            {
                "a missing value that is refused now",
                Region(field => field with { WhenMissing = ValueRule.Reject }),
                "input 'region' is refused where it is missing; it was taken before",
                true
            },
            {
                "an unlisted level that is taken now",
                Region(field => field with { WhenUnseen = ValueRule.Missing }),
                "input 'region' is taken as missing where its level is not listed; before, it was refused",
                false
            },
            { "a removed output", Before with { Outputs = [] }, "output 'premium' was removed", true },
            {
                "an added output",
                Before with
                {
                    Outputs =
                    [
                        .. Before.Outputs,
                        new()
                        {
                            Name = "risk",
                            Kind = OutputKind.Number,
                            Value = "age",
                        },
                    ],
                },
                "output 'risk' was added",
                false
            },
            {
                "a retyped output",
                Premium(output => output with { Kind = OutputKind.Number }),
                "output 'premium' was a money and is a number",
                true
            },
            {
                "another currency",
                Premium(output => output with { Money = new() { Currency = "USD" } }),
                "output 'premium' was in EUR and is in USD",
                true
            },
            {
                "other decimals",
                Premium(output =>
                    output with
                    {
                        Money = new() { Currency = "EUR", Decimals = 0 },
                    }
                ),
                "output 'premium' has 0 decimals in place of 2",
                false
            },
            {
                "an output that may be missing",
                Premium(output => output with { Optional = true }),
                "output 'premium' may now be missing",
                true
            },
            {
                "lost instalments",
                Premium(output => output with { Instalments = null }),
                "output 'premium' has no instalments any more",
                true
            },
            {
                "left out with more actions",
                Premium(output => output with { NotWith = ["decline", "refer"] }),
                "output 'premium' is left out with refer too",
                true
            },
            {
                "left out with fewer actions",
                Premium(output => output with { NotWith = [] }),
                "output 'premium' is given with decline too",
                false
            },
            {
                "an added action",
                Before with
                {
                    Actions = [.. Before.Actions, "wait"],
                },
                "action 'wait' was added; callers do not know it",
                true
            },
            { "a removed action", Before with { Actions = ["accept", "refer"] }, "action 'decline' is no longer given", false },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_change_is_told_and_judged(string name, DecisionDefinition after, string words, bool isBreaking)
    {
        var change = Assert.Single(DecisionInterface.Changes(Before, after));
        Assert.Equal((name, words, isBreaking), (name, change.ToString(), change.IsBreaking));
        Assert.NotEqual(DecisionInterface.Version(Before), DecisionInterface.Version(after));
    }

    [Fact]
    public void What_callers_cannot_see_is_no_change_and_keeps_the_version()
    {
        var after = Before with
        {
            Inputs = new(Before.Inputs.Fields.Reverse()),
            Steps = [new() { Name = "more", Expression = "age * 2" }],
            Outputs = [Before.Outputs[0] with { Value = "more" }],
        };
        Assert.Empty(DecisionInterface.Changes(Before, after));
        Assert.Equal(DecisionInterface.Version(Before), DecisionInterface.Version(after));
    }

    static DecisionDefinition WithInput(Field field) => Before with { Inputs = new([.. Before.Inputs.Fields, field]) };

    static DecisionDefinition Age(Func<Field, Field> change) => Input("age", change);

    static DecisionDefinition Region(Func<Field, Field> change) => Input("region", change);

    static DecisionDefinition Input(string name, Func<Field, Field> change) =>
        Before with
        {
            Inputs = new(Before.Inputs.Fields.Select(field => field.Name == name ? change(field) : field)),
        };

    static DecisionDefinition Premium(Func<DecisionOutput, DecisionOutput> change) =>
        Before with
        {
            Outputs = [change(Before.Outputs[0])],
        };
}

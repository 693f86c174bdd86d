namespace Halley.Decisions.Tests;

public sealed class ValidationTests
{
    static readonly DecisionDefinition Minimal = new()
    {
        Name = "minimal",
        Inputs = new([new() { Name = "x", Kind = FieldKind.Number }, new() { Name = "note", Kind = FieldKind.Text }]),
        Outputs =
        [
            new()
            {
                Name = "y",
                Kind = OutputKind.Number,
                Value = "x",
            },
        ],
    };

    static DecisionStep Step(string name, string expression) => new() { Name = name, Expression = expression };

    static void AssertProblem(DecisionDefinition definition, string expected) =>
        Assert.Equal(expected, string.Join("\n", Sample.Problems(definition)));

    [Fact]
    public void The_samples_have_no_problem()
    {
        Assert.Empty(Sample.Problems(Sample.Quote));
        Assert.Empty(Sample.Problems(Sample.Triage));
        Assert.Empty(DecisionPlan.Validate(Sample.Quote));
        Assert.Empty(DecisionPlan.Validate(Sample.Triage));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var definition = Minimal with
        {
            Steps = [Step("a", "x +"), Step("b", "a + 1"), Step("c", "premum"), Step("x", "1"), Step("d", "x > 1")],
            Models = [new() { Alias = "m", Reference = "none@1" }],
            Eligibility =
            [
                new()
                {
                    Name = "r",
                    When = "x",
                    Action = "dismiss",
                    Reason = "{y}",
                },
            ],
            Outputs =
            [
                new()
                {
                    Name = "y",
                    Kind = OutputKind.Number,
                    Value = "d",
                },
                new()
                {
                    Name = "action",
                    Kind = OutputKind.Boolean,
                    Value = "d",
                },
            ],
        };
        var error = Assert.Throws<HalleyException>(() => Sample.Compile(definition));
        Assert.Equal(
            """
            HLY4001: decision 'minimal' has 9 problems:
            - HLY4011: step 'x': the name is taken by input 'x'. Rename one of them.
            - HLY4011: output 'action': every answer has a part of that name already. Rename the output.
            - HLY1201: step 'a', line 1, column 4: found the end where a value was expected.
                x +
                   ^
            - HLY4013: model 'm' (none@1): there is no such model. Fit or import it, or correct the reference.
            - HLY1202: step 'c', line 1, column 1: there is no field or step 'premum'. There are: 'x', 'd', 'm.score', 'm'.
                premum
                ^
            - HLY4015: eligibility rule 'r': there is no action 'dismiss'. The decision has: accept, refer, decline.
            - HLY4014: eligibility rule 'r': the formula gives a number; it must give a boolean.
            - HLY4017: eligibility rule 'r', reason: there is no field, step or quantile 'y' for its place in the sentence.
            - HLY4014: output 'y': the formula gives a boolean; it must give a number.
            """,
            error.Message
        );
    }

    [Fact]
    public void A_circle_is_shown_as_a_path()
    {
        AssertProblem(
            Minimal with
            {
                Steps = [Step("a", "b + 1"), Step("b", "c * 2"), Step("c", "a")],
            },
            "HLY4012: step 'a': steps need each other in a circle: a → b → c → a. Take one of them out of another's formula."
        );
        AssertProblem(
            Minimal with
            {
                Steps = [Step("a", "a")],
            },
            "HLY4012: step 'a': steps need each other in a circle: a → a. Take one of them out of another's formula."
        );
    }

    [Fact]
    public void A_circle_through_a_model_is_found() =>
        AssertProblem(
            Sample.Quote with
            {
                Steps = [.. Sample.Quote.Steps.Where(step => step.Name != "margin"), Step("margin", "conversion * 0.1")],
                Fallback = new(),
            },
            "HLY4012: step 'premium': steps need each other in a circle: premium → margin → conversion → premium. Take one of them out of another's formula."
        );

    [Fact]
    public void A_model_that_lacks_a_field_or_is_given_one_too_many_is_named()
    {
        AssertProblem(
            Minimal with
            {
                Models = [new() { Alias = "m", Reference = "claim-cost@1" }],
            },
            "HLY4013: model 'm' (claim-cost@1): it needs field 'value', which is neither an input nor a step. Add it, or give it a formula under the model's inputs."
        );
        AssertProblem(
            Minimal with
            {
                Models =
                [
                    new()
                    {
                        Alias = "m",
                        Reference = "claim-cost@1",
                        Inputs = new Dictionary<string, string> { ["value"] = "x", ["age"] = "x" },
                    },
                ],
            },
            "HLY4013: model 'm' (claim-cost@1): it reads no field 'age'. It reads: value."
        );
    }

    [Fact]
    public void Formulas_cannot_read_text() =>
        AssertProblem(
            Minimal with
            {
                Steps = [Step("a", "is_missing(note)")],
            },
            "HLY4014: step 'a': field 'note' is text, which formulas can't read. Declare it a category with its levels."
        );

    public static TheoryData<string, DecisionDefinition> Settings { get; } =
        new()
        {
            {
                "HLY4011: name 'Motor Quote': a decision's name is part of its address; use small letters, digits and '-', for example motor-quote.",
                Minimal with
                {
                    Name = "Motor Quote",
                }
            },
            {
                "HLY4011: step '1st': a name begins with a letter or '_', goes on with letters, digits and '_', and is none of and, or, not, in, true, false, missing.",
                Minimal with
                {
                    Steps = [Step("1st", "x")],
                }
            },
            {
                "HLY4011: output 'y' is there 2 times. Rename or remove all but one.",
                Minimal with
                {
                    Outputs = [.. Minimal.Outputs, .. Minimal.Outputs],
                }
            },
            {
                "HLY4015: actions: a decision has 1 to 64 actions, the mildest first.\nHLY4015: fallback, referAction: there is no action 'refer'. The decision has: .",
                Minimal with
                {
                    Actions = [],
                }
            },
            {
                "HLY4016: outputs: there is neither an output nor a choice of action, so nothing is decided.",
                Minimal with
                {
                    Actions = ["refer"],
                    Outputs = [],
                }
            },
            {
                "HLY4016: maximumReasons: 6 is not allowed; it must be a whole number from 0 to 5.",
                Minimal with
                {
                    MaximumReasons = 6,
                }
            },
            {
                "HLY4016: random check: share: 1 is not allowed; it must be between 0 and 1, for example 0.02.\nHLY4016: random check: the salt is empty. Write any text; another one draws other records.\nHLY4016: random check: no input has the role id, so that a record could not be drawn the same way again. Give the unit's id that role.",
                Minimal with
                {
                    RandomCheck = new()
                    {
                        Share = 1,
                        Action = "refer",
                        Salt = "",
                    },
                }
            },
            {
                "HLY4016: output 'y': money needs a currency, decimals and a rounding rule.",
                Minimal with
                {
                    Outputs = [Minimal.Outputs[0] with { Kind = OutputKind.Money }],
                }
            },
            {
                "HLY4016: output 'y': a money rule is for kind money.",
                Minimal with
                {
                    Outputs = [Minimal.Outputs[0] with { Money = new() { Currency = "EUR" } }],
                }
            },
            {
                "HLY4016: output 'y': decimals: 7 is not allowed; it must be a whole number from 0 to 6.\nHLY4016: output 'y': 'euro' is no currency code. Write three capital letters, such as EUR.",
                Minimal with
                {
                    Outputs =
                    [
                        Minimal.Outputs[0] with
                        {
                            Kind = OutputKind.Money,
                            Money = new() { Currency = "euro", Decimals = 7 },
                        },
                    ],
                }
            },
            {
                "HLY4014: step 'a', floor: the formula gives a boolean; it must give a number.",
                Minimal with
                {
                    Steps = [Step("a", "x") with { Floor = "x > 1" }],
                }
            },
            {
                "HLY4018: fallback: the order names each kind at most once and ends with refer, which can't fail.",
                Minimal with
                {
                    Fallback = new() { Order = [FallbackKind.PreviousRelease] },
                }
            },
            {
                "HLY4018: fallback: kind table and formulas of outputs go together. Give both, or leave both out.\nHLY4018: fallback: output 'y' needs a formula, or must be optional.",
                Minimal with
                {
                    Fallback = new() { Order = [FallbackKind.Table, FallbackKind.Refer] },
                }
            },
            {
                "HLY4018: fallback: there is no output 'z'.",
                Minimal with
                {
                    Fallback = new()
                    {
                        Order = [FallbackKind.Table, FallbackKind.Refer],
                        Outputs = new Dictionary<string, string> { ["y"] = "x", ["z"] = "x" },
                    },
                }
            },
            {
                "HLY4018: fallback, output 'premium': it reads 'risk', which rests on a model. A fallback reads fields, tables and steps that rest on none.",
                Sample.Quote with
                {
                    Fallback = Sample.Quote.Fallback with
                    {
                        Outputs = new Dictionary<string, string>(Sample.Quote.Fallback.Outputs) { ["premium"] = "risk" },
                    },
                }
            },
            {
                "HLY4014: fallback, output 'young': the formula gives a number; it must give a boolean.",
                Sample.Quote with
                {
                    Fallback = Sample.Quote.Fallback with
                    {
                        Outputs = new Dictionary<string, string>(Sample.Quote.Fallback.Outputs) { ["young"] = "1" },
                    },
                }
            },
            {
                "HLY4017: usual range 'late': quantiles are at least two points whose shares increase from 0 to 1 and whose values don't decrease.\nHLY4017: usual range 'late': there is no field or step of that name.",
                Minimal with
                {
                    UsualRanges = [new() { Name = "late", Quantiles = [new(0, 1), new(0, 2)] }],
                }
            },
            {
                "HLY4016: triage: expectedPerDay: 0 is not allowed; it must be above 0.\nHLY4016: triage: there are no lanes. List at least one, or leave the triage out.",
                Minimal with
                {
                    Triage = new() { ExpectedPerDay = 0, Lanes = [] },
                }
            },
            {
                "HLY4016: lane 'l': a capacity needs netQuantiles, the usual distribution of its net saving, to set the threshold; or pin the threshold that 'halley capacity' finds.",
                Minimal with
                {
                    Triage = new()
                    {
                        ExpectedPerDay = 9,
                        Lanes =
                        [
                            new()
                            {
                                Name = "l",
                                Action = "refer",
                                Saving = "x",
                                Cost = "1",
                                CapacityPerDay = 3,
                            },
                        ],
                    },
                }
            },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_out_of_range_is_named_with_the_remedy(string expected, DecisionDefinition definition) =>
        AssertProblem(definition, expected);

    static DecisionDefinition WithReason(ReasonTemplate reason) => Sample.Triage with { Reasons = [reason] };

    static readonly ReasonTemplate Late = Sample.Triage.Reasons[0];

    public static TheoryData<string, DecisionDefinition> Reasons { get; } =
        new()
        {
            {
                "HLY4017: reason 'late': there is no model 'froud'. The decision has: fraud.",
                WithReason(Late with { Model = "froud" })
            },
            {
                "HLY4017: reason 'late': model 'fraud' reads no field 'reserve'. It reads: report_delay, night, past_claims.",
                WithReason(Late with { Field = "reserve" })
            },
            {
                "HLY4017: reason 'late': it needs a reference value for 'night'. Give one, or a usual range, whose median is taken.",
                WithReason(Late with { Field = "night" })
            },
            {
                "HLY4017: reason 'late': reference 'no' is no value of 'night', which is a boolean.",
                WithReason(Late with { Field = "night", Reference = "no" })
            },
            {
                "HLY4017: reason 'late': the '{' at character 6 has no '}'. Write a brace that is text as '{{'.",
                WithReason(Late with { Text = "late {delay" })
            },
            {
                "HLY4017: reason 'late': '{report_delay:x}' is no place for a value. Write {name} or {name:2}, with 0 to 9 decimals.",
                WithReason(Late with { Text = "{report_delay:x}" })
            },
            {
                "HLY4016: reason 'late': minimumContribution: -1 is not allowed; it must be at least 0.",
                WithReason(Late with { MinimumContribution = -1 })
            },
            {
                "HLY4014: reason 'late', when: the formula gives a number; it must give a boolean.",
                WithReason(Late with { When = "reserve" })
            },
        };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_that_contradicts_itself_is_named(string expected, DecisionDefinition definition) =>
        AssertProblem(definition, expected);

    [Fact]
    public void More_steps_than_any_decision_has_are_refused() =>
        AssertProblem(
            Minimal with
            {
                Steps = [.. Enumerable.Range(0, 2001).Select(step => Step($"s{step}", step == 2000 ? "x" : $"s{step + 1}"))],
            },
            "HLY4016: steps: there are 2001 steps, models and lanes; at most 2000 are allowed."
        );

    [Fact]
    public void The_longest_chain_of_steps_is_sorted()
    {
        var chain = Enumerable.Range(0, 2000).Select(step => Step($"s{step}", step == 1999 ? "x" : $"s{step + 1} + 1"));
        using var answer = Sample
            .Engine(
                Minimal with
                {
                    Steps = [.. chain],
                    Outputs =
                    [
                        new()
                        {
                            Name = "y",
                            Kind = OutputKind.Number,
                            Value = "s0",
                        },
                    ],
                }
            )
            .Decide("""{"x":1,"note":"n"}""");
        Assert.Equal(2000, answer.Output("y"));
    }
}

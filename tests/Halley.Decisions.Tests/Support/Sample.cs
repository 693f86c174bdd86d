using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Halley.Decisions.Tests;

/// <summary>Small decisions of the two kinds that insurers have, and shorthands to run them.</summary>
static class Sample
{
    static readonly LevelList Regions = new(["north", "south", "east"]);

    internal static readonly Dictionary<string, IDecisionModel> Models = new()
    {
        ["claim-count@3"] = new FormulaModel("-2 - 0.02 * (age - 40) + if(region == \"south\", 0.3, 0)"),
        ["claim-cost@1"] = new FormulaModel("7 + 0.1 * log(value)"),
        ["conversion@2"] = new FormulaModel("0.5 - 0.002 * price"),
        ["fraud@5"] = new FormulaModel("-4 + 0.08 * report_delay + if(night, 0.7, 0) + 0.5 * past_claims"),
        ["nothing@1"] = new FormulaModel("missing + age"),
    };

    internal static DecisionDefinition Quote { get; } =
        new()
        {
            Name = "motor-quote",
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
                    Levels = Regions,
                    WhenUnseen = ValueRule.Replace("north"),
                },
                new()
                {
                    Name = "value",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                    WhenMissing = ValueRule.Replace("12000"),
                },
                new() { Name = "licence", Kind = FieldKind.Boolean },
                new()
                {
                    Name = "start",
                    Kind = FieldKind.Date,
                    WhenMissing = ValueRule.Missing,
                },
            ]),
            Models =
            [
                new()
                {
                    Alias = "conversion",
                    Reference = "conversion@2",
                    Inputs = new Dictionary<string, string> { ["price"] = "premium" },
                },
                new() { Alias = "frequency", Reference = "claim-count@3" },
                new() { Alias = "severity", Reference = "claim-cost@1" },
            ],
            Tables =
            [
                new()
                {
                    Name = "expenses",
                    Keys = [new("region")],
                    Rows = [new(["north"], "40"), new(["south"], "55"), new(["east"], "45.5")],
                },
            ],
            Steps =
            [
                new()
                {
                    Name = "premium",
                    Expression = "(risk + expenses_of) / (1 - margin)",
                    Floor = "150",
                    Cap = "risk * 2.5 + 200",
                },
                new() { Name = "expenses_of", Expression = "lookup(expenses, region)" },
                new() { Name = "risk", Expression = "frequency * severity" },
                new() { Name = "margin", Expression = "0.1" },
            ],
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
                    Instalments = "3",
                    NotWith = ["decline"],
                },
                new()
                {
                    Name = "conversion",
                    Kind = OutputKind.Number,
                    Value = "conversion / (1 + conversion)",
                },
                new()
                {
                    Name = "tier",
                    Kind = OutputKind.Category,
                    Value = "band(age, 25, 65)",
                },
                new()
                {
                    Name = "until",
                    Kind = OutputKind.Date,
                    Value = "start + 365",
                    Optional = true,
                },
                new()
                {
                    Name = "young",
                    Kind = OutputKind.Boolean,
                    Value = "age < 25",
                },
            ],
            Fallback = new()
            {
                Order = [FallbackKind.PreviousRelease, FallbackKind.Table, FallbackKind.Refer],
                Outputs = new Dictionary<string, string>
                {
                    ["premium"] = "400 + expenses_of",
                    ["conversion"] = "0.5",
                    ["tier"] = "if(age < 25, \"young\", \"other\")",
                    ["young"] = "age < 25",
                },
            },
        };

    internal static DecisionDefinition Triage { get; } =
        new()
        {
            Name = "claim-triage",
            Inputs = new([
                new()
                {
                    Name = "claim",
                    Kind = FieldKind.Number,
                    Role = Role.Id,
                },
                new()
                {
                    Name = "report_delay",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                    Unit = "days",
                },
                new() { Name = "night", Kind = FieldKind.Boolean },
                new()
                {
                    Name = "past_claims",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                },
                new()
                {
                    Name = "reserve",
                    Kind = FieldKind.Number,
                    Minimum = 0,
                    Unit = "EUR",
                },
            ]),
            Models = [new() { Alias = "fraud", Reference = "fraud@5" }],
            Steps = [new() { Name = "fraud_risk", Expression = "fraud / (1 + fraud)" }],
            Actions = ["fast-track", "handler", "investigator"],
            UsualRanges =
            [
                new() { Name = "report_delay", Quantiles = [new(0, 0), new(0.5, 2), new(0.9, 6), new(1, 60)] },
                new() { Name = "past_claims", Quantiles = [new(0, 0), new(0.9, 1), new(1, 5)] },
            ],
            Triage = new()
            {
                ExpectedPerDay = 100,
                Lanes =
                [
                    new()
                    {
                        Name = "investigate",
                        Action = "investigator",
                        Saving = "fraud_risk * reserve * 0.5",
                        Cost = "150",
                        CapacityPerDay = 10,
                        NetQuantiles = [new(0, -150), new(0.8, 0), new(1, 1000)],
                        Reason = "an investigation is expected to save {investigate.net:0} EUR more than it costs",
                    },
                    new()
                    {
                        Name = "handle",
                        Action = "handler",
                        Saving = "reserve * 0.02",
                        Cost = "30",
                    },
                ],
            },
            RandomCheck = new()
            {
                Share = 0.05,
                Action = "handler",
                Salt = "2026",
                Among = "reserve > 100",
                Reason = "drawn at random for a check",
            },
            Outputs =
            [
                new()
                {
                    Name = "fraud_risk",
                    Kind = OutputKind.Number,
                    Value = "fraud_risk",
                },
            ],
            Reasons =
            [
                new()
                {
                    Name = "late",
                    Text = "reported {report_delay} days after the event; 9 in 10 arrive within {report_delay.q90}",
                    Field = "report_delay",
                    Model = "fraud",
                    When = "report_delay > report_delay.q90",
                },
                new()
                {
                    Name = "night",
                    Text = "it happened at night",
                    Field = "night",
                    Model = "fraud",
                    Reference = "false",
                },
                new()
                {
                    Name = "history",
                    Text = "{past_claims} claims before",
                    Field = "past_claims",
                    Model = "fraud",
                    Reference = "0",
                },
                new()
                {
                    Name = "prompt",
                    Text = "reported promptly",
                    Field = "report_delay",
                    Model = "fraud",
                    Lowers = true,
                },
            ],
            Fallback = new() { ReferAction = "handler", Reason = "the scores are not available; a handler decides" },
        };

    internal static DecisionPlan Compile(DecisionDefinition definition, params (string Reference, IDecisionModel Model)[] instead)
    {
        var models = new Dictionary<string, IDecisionModel>(Models);
        foreach (var (reference, model) in instead)
            models[reference] = model;
        return DecisionPlan.CompileWith(definition, reference => models.GetValueOrDefault(reference));
    }

    internal static DecisionEngine Engine(
        DecisionDefinition definition,
        params (string Reference, IDecisionModel Model)[] instead
    ) => new(Compile(definition, instead));

    internal static DecisionAnswer Decide(this DecisionEngine engine, string record)
    {
        if (!engine.TryDecide(Encoding.UTF8.GetBytes(record), out var answer, out var problems))
            Assert.Fail(string.Join(" ", problems));
        return answer;
    }

    internal static string Json(this DecisionAnswer answer, AnswerDetail detail = AnswerDetail.Plain)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
            answer.Write(writer, detail);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static double Step(this DecisionAnswer answer, string name) =>
        answer.Steps.Single(step => step.Step.Name == name).Value;

    internal static IReadOnlyList<DecisionProblem> Problems(DecisionDefinition definition) =>
        DecisionPlan.ProblemsOf(definition, reference => Models.GetValueOrDefault(reference));
}

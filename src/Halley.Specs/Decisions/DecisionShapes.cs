using Halley.Data;
using Halley.Data.Expressions;
using Halley.Decisions;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of a decision file.</summary>
static class DecisionShapes
{
    static readonly Shape<ModelUse> Model = new EitherShape<ModelUse>(
        "a model such as claim-count@champion, or a group with model and inputs",
        (IsScalar, Text.Then<ModelUse>(reference => new() { Alias = "", Reference = reference })),
        (
            _ => true,
            new ObjectShape<ModelUse>(
                "a model",
                [
                    Required("model", Text, "name@version or name@alias."),
                    Optional("inputs", MapOf(Text), "Formulas for fields of the model that are named otherwise here."),
                ],
                values =>
                    new()
                    {
                        Alias = "",
                        Reference = values.Get<string>("model"),
                        Inputs = values
                            .Or<IReadOnlyList<KeyValuePair<string, string>>>("inputs", [])
                            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
                    }
            )
        )
    );

    static readonly Shape<DecisionStep> Step = new EitherShape<DecisionStep>(
        "a formula, or a group with value, floor and cap",
        (IsScalar, Text.Then<DecisionStep>(formula => new() { Name = "", Expression = formula })),
        (
            _ => true,
            new ObjectShape<DecisionStep>(
                "a step",
                [
                    Required("value", Text, "Formula of the step."),
                    Optional("floor", Text, "Formula of the smallest value allowed."),
                    Optional("cap", Text, "Formula of the largest value allowed."),
                    Optional("unit", Text, "Unit in words."),
                    Optional("description", Text, "What a reader should know."),
                ],
                values =>
                    new()
                    {
                        Name = "",
                        Expression = values.Get<string>("value"),
                        Floor = values.Text("floor"),
                        Cap = values.Text("cap"),
                        Unit = values.Text("unit"),
                        Description = values.Text("description"),
                    }
            )
        )
    );

    static readonly Key[] Keys =
    [
        Required("decision", Text, "Name, part of the address: lower-case letters, digits and hyphens."),
        Optional("description", Text, "What it decides, in a sentence."),
        Required("inputs", InputShapes.Fields, "Fields of a request, with their rules."),
        Optional("models", MapOf(Model), "Models by the name that formulas use: frequency: claim-count@champion."),
        Optional("tables", MapOf(TableShapes.Table), "Lookup tables by name."),
        Optional("steps", MapOf(Step), "Named formulas, in any order."),
        Optional("usual_ranges", MapOf(ReasonShapes.Quantiles), "What is usual, by field: {0.1: 1, 0.5: 3, 0.9: 6}."),
        Optional("actions", Texts, "Actions from the mildest to the most severe. Default: accept, refer, decline."),
        Optional("eligibility", ListOf(ReasonShapes.Rule), "Conditions under which another action than the mildest is taken."),
        Optional("triage", TriageShapes.Triage, "Choice of an action by money and capacity."),
        Optional("random_check", TriageShapes.RandomCheck, "Checks drawn at random, so that retraining stays unbiased."),
        Required("outputs", MapOf(OutputShapes.Output), "Named values of the answer."),
        Optional("reasons", ListOf(ReasonShapes.Reason), "Sentences that may explain an answer."),
        Optional("maximum_reasons", Whole(0, 5), "Reasons in an answer, at most. Default 5."),
        Optional("fallback", TriageShapes.Fallback, "What happens when a part fails."),
    ];

    public static Shape<DecisionDefinition> Decision { get; } = new ObjectShape<DecisionDefinition>("a decision", Keys, Build);

    static DecisionDefinition Build(KeyValues values)
    {
        var definition = new DecisionDefinition
        {
            Name = values.Get<string>("decision"),
            Description = values.Text("description"),
            Inputs = values.Get<Schema>("inputs"),
            Models = [.. Named<ModelUse>(values, "models").Select(pair => pair.Value with { Alias = pair.Key })],
            Tables = [.. Named<LookupTable>(values, "tables").Select(pair => pair.Value with { Name = pair.Key })],
            Steps = [.. Named<DecisionStep>(values, "steps").Select(pair => pair.Value with { Name = pair.Key })],
            UsualRanges =
            [
                .. Named<IReadOnlyList<QuantilePoint>>(values, "usual_ranges")
                    .Select(pair => new UsualRange { Name = pair.Key, Quantiles = pair.Value }),
            ],
            Eligibility = values.Or<IReadOnlyList<EligibilityRule>>("eligibility", []),
            Triage = values.Or<Triage?>("triage", null),
            RandomCheck = values.Or<RandomCheck?>("random_check", null),
            Outputs = [.. Named<DecisionOutput>(values, "outputs").Select(pair => pair.Value with { Name = pair.Key })],
            Reasons = values.Or<IReadOnlyList<ReasonTemplate>>("reasons", []),
            MaximumReasons = values.Or("maximum_reasons", 5),
            Fallback = values.Or("fallback", new FallbackChain()),
        };
        return values.Has("actions") ? definition with { Actions = values.Get<IReadOnlyList<string>>("actions") } : definition;
    }

    static IReadOnlyList<KeyValuePair<string, T>> Named<T>(KeyValues values, string key) =>
        values.Or<IReadOnlyList<KeyValuePair<string, T>>>(key, []);
}

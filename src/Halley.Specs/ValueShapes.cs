using Halley.Registry;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of <c>value.yaml</c>: what one decision is worth, in money.</summary>
static class ValueShapes
{
    /// <summary>One age of a development pattern.</summary>
    public static readonly Shape<DevelopmentAge> Age = new ObjectShape<DevelopmentAge>(
        "an age",
        [
            Required("days", NumberWithin(0), "Age of the decision, above 0."),
            Required("share", NumberWithin(0, 2), "Share of the final amount known by then."),
        ],
        values => new(values.Get<double>("days"), values.Get<double>("share"))
    );

    static readonly Shape<ValueTerm> Term = new ObjectShape<ValueTerm>(
        "a term",
        [
            Optional("output", Text, "Output of the decision, for example premium."),
            Optional("outcome", Text, "Kind of an outcome, for example converted or claim_cost."),
            Optional("factor", Number, "Sign and scale. Default 1."),
            Optional("cap", NumberWithin(0), "The most of an outcome that counts, for example 100000. Default: all of it."),
            Optional(
                "development",
                ListOf(Age),
                "How the outcome, as it is counted, grows with the decision's age: an amount counts as amount / share. Default: final."
            ),
        ],
        values =>
        {
            if (!values.Has("output") && !values.Has("outcome"))
                values.Refuse("output", "a term names an 'output', an 'outcome', or both.");
            return new()
            {
                Output = values.Text("output"),
                Outcome = values.Text("outcome"),
                Factor = values.Or("factor", 1.0),
                Cap = values.Has("cap") ? values.Get<double>("cap") : null,
                Development = values.Has("development") ? new(values.Get<IReadOnlyList<DevelopmentAge>>("development")) : null,
            };
        }
    );

    static readonly Shape<ValueDefinition> Definition = new ObjectShape<ValueDefinition>(
        "a value definition",
        [
            Required("currency", Text, "ISO 4217 code."),
            Required("terms", ListOf(Term), "The value is the sum of these: factor x output x outcome."),
            Optional("unit", Text, "What a unit is called, for example quote or claim. Default unit."),
            Optional("maturity_days", NumberWithin(0), "Decisions younger than this are left out. Default 0."),
            Optional(
                "expected_output",
                Text,
                "Output with the decision's own expected value in the same money; needed to compare a shadow."
            ),
            Optional(
                "minimum_difference",
                NumberWithin(0),
                "The smallest difference a unit that matters, in money; an experiment may find that there is none larger."
            ),
        ],
        values =>
            new()
            {
                Decision = "",
                Currency = values.Get<string>("currency"),
                Terms = values.Get<IReadOnlyList<ValueTerm>>("terms"),
                Unit = values.Or("unit", "unit"),
                Maturity = TimeSpan.FromDays(values.Or("maturity_days", 0.0)),
                ExpectedOutput = values.Text("expected_output"),
                MinimumDifference = values.Has("minimum_difference") ? values.Get<double>("minimum_difference") : null,
            }
    );

    /// <summary>Definitions by decision.</summary>
    public static Shape<IReadOnlyList<ValueDefinition>> Value { get; } =
        MapOf(Definition)
            .Then<IReadOnlyList<ValueDefinition>>(pairs => [.. pairs.Select(pair => pair.Value with { Decision = pair.Key })]);
}

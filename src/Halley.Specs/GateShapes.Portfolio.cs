using Halley.Registry;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>Gates that rest on a portfolio.</summary>
static partial class GateShapes
{
    static Shape<AuthorityLevel> AuthorityLevels =>
        new ObjectShape<AuthorityLevel>(
            "a level of authority",
            [
                Optional("total_change", NumberWithin(0), "Reached where the total premium moves by this share or more."),
                Optional("moved_share", NumberWithin(0, 1), "Reached where this share of policies or more moves."),
                Required("approvals", Whole(0), "Approvals needed, each by another person."),
                Optional("role", Text, "Role of which one of them must be."),
            ],
            values =>
                new()
                {
                    TotalChange = values.Number("total_change"),
                    MovedShare = values.Number("moved_share"),
                    Approvals = values.Get<int>("approvals"),
                    Role = values.Text("role"),
                }
        );

    static IReadOnlyList<(string Kind, Shape<Gate> Shape)> Portfolio =>
        [
            Kind(
                "monotone",
                [
                    Optional("rising", Texts, "Inputs that the output must rise with."),
                    Optional("falling", Texts, "Inputs that the output must fall with."),
                    Optional("output", Text, "The output looked at. Default: premium or price."),
                    Optional("tolerance", NumberWithin(0), "Steps the other way up to this share do not count. Default 0.0001."),
                    Optional(
                        "maximum_share",
                        NumberWithin(0, 1),
                        "Largest share of records with a step the other way. Default 0."
                    ),
                ],
                (values, name) =>
                    new MonotoneGate
                    {
                        Name = name,
                        Rising = values.Or<IReadOnlyList<string>>("rising", []),
                        Falling = values.Or<IReadOnlyList<string>>("falling", []),
                        Output = values.Text("output"),
                        Tolerance = values.Or("tolerance", 0.0001),
                        MaximumShare = values.Or("maximum_share", 0.0),
                    }
            ),
            Kind(
                "unseen",
                [Optional("maximum_share", NumberWithin(0, 1), "Largest share of the exposure with an unseen level. Default 0.")],
                (values, name) => new UnseenGate { Name = name, MaximumShare = values.Or("maximum_share", 0.0) }
            ),
            Kind(
                "drift",
                [
                    Optional(
                        "threshold",
                        NumberWithin(0),
                        "Largest population stability index, weighted by exposure. Default 0.25."
                    ),
                    Optional("fields", Texts, "Fields looked at. Default: all that the models read, and their predictions."),
                ],
                (values, name) =>
                    new DriftGate
                    {
                        Name = name,
                        Threshold = values.Or("threshold", 0.25),
                        Fields = values.Or<IReadOnlyList<string>>("fields", []),
                    }
            ),
            Kind(
                "latency",
                [
                    Required(
                        "maximum_p99_ms",
                        NumberWithin(0),
                        "Milliseconds that 99 in 100 decisions may take, log and network left out."
                    ),
                ],
                (values, name) => new LatencyGate { Name = name, MaximumP99 = values.Get<double>("maximum_p99_ms") }
            ),
            Kind(
                "renewal_price",
                [
                    Optional("renewals", Text, "Condition on the portfolio's rows that are renewals. Default: all rows."),
                    Required("as_new", MapOf(Text), "Inputs, and the values that make a renewal a new customer."),
                    Optional("tolerance", NumberWithin(0), "How much dearer is accepted, as a share. Default 0."),
                    Optional("maximum_share", NumberWithin(0, 1), "Largest share of renewals that may be dearer. Default 0."),
                ],
                (values, name) =>
                    new RenewalPriceGate
                    {
                        Name = name,
                        Renewals = values.Text("renewals"),
                        AsNew = values
                            .Get<IReadOnlyList<KeyValuePair<string, string>>>("as_new")
                            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
                        Tolerance = values.Or("tolerance", 0.0),
                        MaximumShare = values.Or("maximum_share", 0.0),
                    }
            ),
            Kind(
                "protected",
                [
                    Required("attributes", Texts, "Columns that decision and models must not read, for example gender."),
                    Optional(
                        "confidence",
                        NumberWithin(0, 1),
                        "Confidence of all intervals of an attribute together. Default 0.99."
                    ),
                    Optional("minimum_expected", NumberWithin(0), "Levels that expect less are not judged. Default 5."),
                    Optional("maximum_association", NumberWithin(0, 1), "Largest association of any input with the attribute."),
                ],
                (values, name) =>
                    new ProtectedGate
                    {
                        Name = name,
                        Attributes = values.Get<IReadOnlyList<string>>("attributes"),
                        Confidence = values.Or("confidence", 0.99),
                        MinimumExpected = values.Or("minimum_expected", 5.0),
                        MaximumAssociation = values.Number("maximum_association"),
                    }
            ),
        ];
}

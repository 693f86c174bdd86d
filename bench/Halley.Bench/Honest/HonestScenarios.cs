using Halley.Specs;
using static Halley.Specs.Shapes;

namespace Halley.Bench;

/// <summary>The whole of <c>bench/honest/scenarios.yaml</c>.</summary>
sealed record HonestScenarios(
    IReadOnlyList<ValueScenario> Value,
    IReadOnlyList<FraudScenario> Fraud,
    IReadOnlyList<MonitorScenario> Monitor
)
{
    static readonly Key Name = Required("name", Text, "What reports call it.");
    static readonly Key Words = Required("words", Text, "What is special about it, for a reader.");

    static readonly Shape<ValueScenario> ValueWorld = new ObjectShape<ValueScenario>(
        "a world of quotes",
        [
            Name,
            Words,
            Optional("units", Whole(500), "Units of a run. Default 2,000."),
            Optional("change", Number, "How much more the challenger asks, as a share."),
            Optional("elasticity", NumberWithin(0), "Slope of the log odds of buying in the log price."),
            Optional("knows_second", Flag, "Whether the challenger knows the second risk factor."),
            Optional("renewal_weeks", NumberWithin(1), "Weeks between renewals."),
            Optional("report_days", NumberWithin(0), "Mean days to the report of a claim."),
            Optional("settle_days", NumberWithin(0), "Days from report to the final amount."),
            Optional("maturity_days", NumberWithin(0), "Age from which decisions are valued."),
            Optional("severity_sigma", NumberWithin(0, 2), "Sigma of a log-normal severity."),
            Optional("cap", NumberWithin(1), "The most of a decision's claims that counts."),
            Optional("season", NumberWithin(0, 2), "Swing of the mix over the window."),
            Optional("drift", NumberWithin(0, 2), "Rise of claims over the window."),
            Optional("share", NumberWithin(0.01, 0.9), "Share of the challenger."),
            Optional("later_share", NumberWithin(0.01, 0.9), "Its share in the second half."),
        ],
        values =>
        {
            var usual = new ValueScenario(values.Get<string>("name"), values.Get<string>("words"));
            return usual with
            {
                Units = values.Or("units", usual.Units),
                Change = values.Or("change", 0.0),
                Elasticity = values.Or("elasticity", usual.Elasticity),
                KnowsSecond = values.Or("knows_second", false),
                RenewalWeeks = values.Or("renewal_weeks", 0.0),
                ReportDays = values.Or("report_days", 0.0),
                SettleDays = values.Or("settle_days", 0.0),
                MaturityDays = values.Or("maturity_days", 0.0),
                SeveritySigma = values.Or("severity_sigma", 0.0),
                Cap = values.Number("cap"),
                Season = values.Or("season", 0.0),
                Drift = values.Or("drift", 0.0),
                Share = values.Or("share", usual.Share),
                LaterShare = values.Number("later_share"),
            };
        }
    );

    static readonly Shape<FraudScenario> FraudWorld = new ObjectShape<FraudScenario>(
        "a world of claims",
        [
            Name,
            Words,
            Required("claims", Whole(100), "Claims of a run."),
            Required("check_share", NumberWithin(0.001, 1), "Chance of a random check."),
        ],
        values =>
            new(
                values.Get<string>("name"),
                values.Get<string>("words"),
                values.Get<int>("claims"),
                values.Get<double>("check_share")
            )
    );

    static readonly Shape<MonitorScenario> MonitorWorld = new ObjectShape<MonitorScenario>(
        "a book that is monitored",
        [
            Name,
            Words,
            Optional("customers", Whole(1000), "Customers who first come in the four years. Default 10,000."),
            Optional("renewals", NumberWithin(0, 1), "Chance that a customer comes again a year later."),
            Optional("season", NumberWithin(0, 2), "Swing of the mix over the year."),
            Optional("severity_sigma", NumberWithin(0, 2), "Sigma of a log-normal severity."),
            Optional("claims_up", NumberWithin(0, 0.6), "How much more claims come from the month on."),
            Optional("segment_up", NumberWithin(0, 0.6), "The same for one channel alone."),
            Optional("order_off", NumberWithin(-1, 1), "Change of the first risk factor's effect from the month on."),
            Optional("mix_shift", NumberWithin(-3, 3), "Move of the mix from the month on."),
            Optional("from_month", Whole(0, 47), "The month of the change. Default 12."),
        ],
        values =>
            new(
                values.Get<string>("name"),
                values.Get<string>("words"),
                values.Or("customers", 10_000),
                values.Or("renewals", 0.0),
                values.Or("season", 0.0),
                values.Or("severity_sigma", 0.0),
                values.Or("claims_up", 0.0),
                values.Or("segment_up", 0.0),
                values.Or("order_off", 0.0),
                values.Or("mix_shift", 0.0),
                values.Or("from_month", 12)
            )
    );

    static readonly SpecFile<HonestScenarios> File = new(
        "honest scenarios",
        new ObjectShape<HonestScenarios>(
            "scenarios by study",
            [
                Required("value", ListOf(ValueWorld), "Worlds in which releases are compared."),
                Required("fraud", ListOf(FraudWorld), "Worlds in which fraud is looked for."),
                Required("monitor", ListOf(MonitorWorld), "Books that a release's monitor watches."),
            ],
            values =>
                new(
                    values.Get<IReadOnlyList<ValueScenario>>("value"),
                    values.Get<IReadOnlyList<FraudScenario>>("fraud"),
                    values.Get<IReadOnlyList<MonitorScenario>>("monitor")
                )
        )
    );

    public static HonestScenarios Read() => File.Read(Path.Combine(Shared.ProjectRoot, "bench", "honest", "scenarios.yaml"));
}

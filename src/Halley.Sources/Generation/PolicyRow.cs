using static Halley.Sources.Generation.GeneratedField;

namespace Halley.Sources.Generation;

/// <summary>A policy year, or the part of it that the portfolio sees.</summary>
readonly record struct PolicyRow
{
    public required long PolicyId { get; init; }

    public required long CustomerId { get; init; }

    public required int InceptionDay { get; init; }

    public required int FromDay { get; init; }

    /// <summary>The day after the last one.</summary>
    public required int ToDay { get; init; }

    public required double ExposureYears { get; init; }

    public required Risk Risk { get; init; }

    /// <summary>EUR a year.</summary>
    public required double Premium { get; init; }

    public int ClaimCount { get; init; }

    public double ClaimTotal { get; init; }

    public static RecordLayout<PolicyRow> Layout { get; } =
        new(
            new RecordColumn<PolicyRow>(Id("policy_id"), (in PolicyRow row) => row.PolicyId),
            new RecordColumn<PolicyRow>(Id("customer_id"), (in PolicyRow row) => row.CustomerId),
            new RecordColumn<PolicyRow>(Date("inception_date"), (in PolicyRow row) => row.InceptionDay),
            new RecordColumn<PolicyRow>(Date("period_start", Role.Date), (in PolicyRow row) => row.FromDay),
            new RecordColumn<PolicyRow>(
                Date("period_end") with
                {
                    Description = "The day after the last one of the period.",
                },
                (in PolicyRow row) => row.ToDay
            ),
            new RecordColumn<PolicyRow>(
                new()
                {
                    Name = "exposure",
                    Kind = FieldKind.Exposure,
                    Role = Role.Exposure,
                    Unit = "years",
                    Minimum = 0,
                    Maximum = 1,
                },
                (in PolicyRow row) => row.ExposureYears
            ),
            new NestedRecord<PolicyRow, Risk>(RiskFields.Layout, (in PolicyRow record) => record.Risk),
            new RecordColumn<PolicyRow>(Ignored(Number("premium", "EUR/year", 0)), (in PolicyRow row) => row.Premium),
            new RecordColumn<PolicyRow>(Target(Whole("claim_count", "claims", 0)), (in PolicyRow row) => row.ClaimCount),
            new RecordColumn<PolicyRow>(Target(Number("claim_total", "EUR", 0)), (in PolicyRow row) => row.ClaimTotal)
        );
}

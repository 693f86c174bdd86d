using static Halley.Sources.Generation.GeneratedField;

namespace Halley.Sources.Generation;

/// <summary>A claim: what was reported, and what became of it.</summary>
readonly record struct ClaimRow
{
    public long ClaimId { get; init; }

    public required long PolicyId { get; init; }

    public required int PeriodFromDay { get; init; }

    public required int OccurrenceDay { get; init; }

    public required ClaimFacts Facts { get; init; }

    /// <summary>EUR.</summary>
    public required double Amount { get; init; }

    public required bool IsFraud { get; init; }

    public int ReportDay => OccurrenceDay + (int)Facts.DaysToReport;

    /// <summary>What is known at the report.</summary>
    public static RecordLayout<ClaimFacts> FactLayout { get; } =
        new(
            new RecordColumn<ClaimFacts>(Category("claim_type", MotorLevels.ClaimType), (in ClaimFacts claim) => claim.Type),
            new RecordColumn<ClaimFacts>(
                Number("claimed_amount", "EUR", 0, 10_000_000),
                (in ClaimFacts claim) => claim.ClaimedAmount
            ),
            new RecordColumn<ClaimFacts>(
                Number("claim_to_value", null, 0, 100_000) with
                {
                    Description = "Claimed amount against the vehicle's value.",
                },
                (in ClaimFacts claim) => claim.ClaimToValue
            ),
            new RecordColumn<ClaimFacts>(Whole("days_to_report", "days", 0, 3_650), (in ClaimFacts claim) => claim.DaysToReport),
            new RecordColumn<ClaimFacts>(
                Whole("days_since_inception", "days", 0, 36_500),
                (in ClaimFacts claim) => claim.DaysSinceInception
            ),
            new RecordColumn<ClaimFacts>(
                Category("time_of_day", MotorLevels.TimeOfDay),
                (in ClaimFacts claim) => claim.TimeOfDay
            ),
            new RecordColumn<ClaimFacts>(Category("weekday", MotorLevels.Weekday), (in ClaimFacts claim) => claim.Weekday),
            new RecordColumn<ClaimFacts>(Whole("witnesses", "people", 0, 100), (in ClaimFacts claim) => claim.Witnesses),
            new RecordColumn<ClaimFacts>(Boolean("injury"), (in ClaimFacts claim) => claim.Injury ? 1 : 0),
            new RecordColumn<ClaimFacts>(Boolean("police_report"), (in ClaimFacts claim) => claim.PoliceReport ? 1 : 0),
            new RecordColumn<ClaimFacts>(Boolean("third_party"), (in ClaimFacts claim) => claim.ThirdParty ? 1 : 0),
            new RecordColumn<ClaimFacts>(Boolean("lawyer"), (in ClaimFacts claim) => claim.Lawyer ? 1 : 0),
            new RecordColumn<ClaimFacts>(Boolean("recent_change"), (in ClaimFacts claim) => claim.RecentChange ? 1 : 0),
            new RecordColumn<ClaimFacts>(Boolean("photos"), (in ClaimFacts claim) => claim.Photos ? 1 : 0),
            new RecordColumn<ClaimFacts>(Category("repair", MotorLevels.Repair), (in ClaimFacts claim) => claim.Repair),
            new NestedRecord<ClaimFacts, Risk>(RiskFields.Layout, (in ClaimFacts record) => record.Risk)
        );

    public static RecordLayout<ClaimRow> Layout { get; } =
        new(
            new RecordColumn<ClaimRow>(Id("claim_id"), (in ClaimRow row) => row.ClaimId),
            new RecordColumn<ClaimRow>(Id("policy_id"), (in ClaimRow row) => row.PolicyId),
            new RecordColumn<ClaimRow>(Date("period_start"), (in ClaimRow row) => row.PeriodFromDay),
            new RecordColumn<ClaimRow>(Date("occurrence_date", Role.Date), (in ClaimRow row) => row.OccurrenceDay),
            new RecordColumn<ClaimRow>(Date("report_date"), (in ClaimRow row) => row.ReportDay),
            new NestedRecord<ClaimRow, ClaimFacts>(FactLayout, (in ClaimRow record) => record.Facts),
            new RecordColumn<ClaimRow>(Target(Number("amount", "EUR", 0)), (in ClaimRow row) => row.Amount),
            new RecordColumn<ClaimRow>(
                Target(Boolean("large")),
                (in ClaimRow row) => row.Amount >= SeverityTruth.LargeThreshold ? 1 : 0
            ),
            new RecordColumn<ClaimRow>(Target(Boolean("fraud")), (in ClaimRow row) => row.IsFraud ? 1 : 0)
        );
}

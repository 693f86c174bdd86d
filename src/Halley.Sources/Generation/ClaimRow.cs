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
    public static IReadOnlyList<RecordColumn<ClaimFacts>> FactColumns { get; } =
    [
        new(Category("claim_type", MotorLevels.ClaimType), (in ClaimFacts claim) => claim.Type),
        new(Number("claimed_amount", "EUR", 0, 10_000_000), (in ClaimFacts claim) => claim.ClaimedAmount),
        new(
            Number("claim_to_value", null, 0, 100_000) with
            {
                Description = "Claimed amount against the vehicle's value.",
            },
            (in ClaimFacts claim) => claim.ClaimToValue
        ),
        new(Whole("days_to_report", "days", 0, 3_650), (in ClaimFacts claim) => claim.DaysToReport),
        new(Whole("days_since_inception", "days", 0, 36_500), (in ClaimFacts claim) => claim.DaysSinceInception),
        new(Category("time_of_day", MotorLevels.TimeOfDay), (in ClaimFacts claim) => claim.TimeOfDay),
        new(Category("weekday", MotorLevels.Weekday), (in ClaimFacts claim) => claim.Weekday),
        new(Whole("witnesses", "people", 0, 100), (in ClaimFacts claim) => claim.Witnesses),
        new(Boolean("injury"), (in ClaimFacts claim) => claim.Injury ? 1 : 0),
        new(Boolean("police_report"), (in ClaimFacts claim) => claim.PoliceReport ? 1 : 0),
        new(Boolean("third_party"), (in ClaimFacts claim) => claim.ThirdParty ? 1 : 0),
        new(Boolean("lawyer"), (in ClaimFacts claim) => claim.Lawyer ? 1 : 0),
        new(Boolean("recent_change"), (in ClaimFacts claim) => claim.RecentChange ? 1 : 0),
        new(Boolean("photos"), (in ClaimFacts claim) => claim.Photos ? 1 : 0),
        new(Category("repair", MotorLevels.Repair), (in ClaimFacts claim) => claim.Repair),
        .. RiskFields.All.Select(column => column.Within<ClaimFacts>(claim => claim.Risk)),
    ];

    public static IReadOnlyList<RecordColumn<ClaimRow>> Columns { get; } =
    [
        new(Id("claim_id"), (in ClaimRow row) => row.ClaimId),
        new(Id("policy_id"), (in ClaimRow row) => row.PolicyId),
        new(Date("period_start"), (in ClaimRow row) => row.PeriodFromDay),
        new(Date("occurrence_date", Role.Date), (in ClaimRow row) => row.OccurrenceDay),
        new(Date("report_date"), (in ClaimRow row) => row.ReportDay),
        .. FactColumns.Select(column => column.Within<ClaimRow>(row => row.Facts)),
        new(Target(Number("amount", "EUR", 0)), (in ClaimRow row) => row.Amount),
        new(Target(Boolean("large")), (in ClaimRow row) => row.Amount >= SeverityTruth.LargeThreshold ? 1 : 0),
        new(Target(Boolean("fraud")), (in ClaimRow row) => row.IsFraud ? 1 : 0),
    ];
}

using static Halley.Sources.Generation.GeneratedField;

namespace Halley.Sources.Generation;

/// <summary>A calendar month of the whole portfolio.</summary>
/// <param name="FirstDay">Day number of the month's first day.</param>
/// <param name="Totals">By <see cref="Total"/>.</param>
readonly record struct MonthRow(int FirstDay, ReadOnlyMemory<double> Totals)
{
    public enum Total
    {
        Exposure,
        EarnedPremium,
        Claims,
        ClaimTotal,
        LargeClaims,
        Frauds,
        Quotes,
        Conversions,
        Count,
    }

    public static IReadOnlyList<RecordColumn<MonthRow>> Columns { get; } =
    [
        new(Date("month", Role.Date), (in MonthRow row) => row.FirstDay),
        new(
            new()
            {
                Name = "exposure",
                Kind = FieldKind.Exposure,
                Role = Role.Exposure,
                Unit = "years",
                Minimum = 0,
            },
            (in MonthRow row) => row.Of(Total.Exposure)
        ),
        new(Ignored(Number("earned_premium", "EUR", 0)), (in MonthRow row) => row.Of(Total.EarnedPremium)),
        new(Target(Whole("claims", "claims", 0)), (in MonthRow row) => row.Of(Total.Claims)),
        new(Target(Number("claim_total", "EUR", 0)), (in MonthRow row) => row.Of(Total.ClaimTotal)),
        new(Target(Whole("large_claims", "claims", 0)), (in MonthRow row) => row.Of(Total.LargeClaims)),
        new(Target(Whole("frauds", "claims", 0)), (in MonthRow row) => row.Of(Total.Frauds)),
        new(Target(Whole("quotes", "quotes", 0)), (in MonthRow row) => row.Of(Total.Quotes)),
        new(Target(Whole("conversions", "quotes", 0)), (in MonthRow row) => row.Of(Total.Conversions)),
    ];

    double Of(Total total) => Totals.Span[(int)total];
}

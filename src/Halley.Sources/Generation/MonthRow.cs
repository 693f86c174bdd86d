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

    public static RecordLayout<MonthRow> Layout { get; } =
        new(
            new RecordColumn<MonthRow>(Date("month", Role.Date), (in MonthRow row) => row.FirstDay),
            new RecordColumn<MonthRow>(
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
            new RecordColumn<MonthRow>(
                Ignored(Number("earned_premium", "EUR", 0)),
                (in MonthRow row) => row.Of(Total.EarnedPremium)
            ),
            new RecordColumn<MonthRow>(Target(Whole("claims", "claims", 0)), (in MonthRow row) => row.Of(Total.Claims)),
            new RecordColumn<MonthRow>(Target(Number("claim_total", "EUR", 0)), (in MonthRow row) => row.Of(Total.ClaimTotal)),
            new RecordColumn<MonthRow>(
                Target(Whole("large_claims", "claims", 0)),
                (in MonthRow row) => row.Of(Total.LargeClaims)
            ),
            new RecordColumn<MonthRow>(Target(Whole("frauds", "claims", 0)), (in MonthRow row) => row.Of(Total.Frauds)),
            new RecordColumn<MonthRow>(Target(Whole("quotes", "quotes", 0)), (in MonthRow row) => row.Of(Total.Quotes)),
            new RecordColumn<MonthRow>(Target(Whole("conversions", "quotes", 0)), (in MonthRow row) => row.Of(Total.Conversions))
        );

    double Of(Total total) => Totals.Span[(int)total];
}

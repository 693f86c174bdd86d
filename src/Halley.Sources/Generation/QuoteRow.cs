using static Halley.Sources.Generation.GeneratedField;

namespace Halley.Sources.Generation;

/// <summary>A quote with its price and whether it was taken.</summary>
readonly record struct QuoteRow
{
    public required long QuoteId { get; init; }

    public required int Day { get; init; }

    public required QuoteFacts Facts { get; init; }

    public required int Arm { get; init; }

    public required double TariffPremium { get; init; }

    public required double OfferedPremium { get; init; }

    public required bool IsConverted { get; init; }

    /// <summary>What is known before the price.</summary>
    public static IReadOnlyList<RecordColumn<QuoteFacts>> FactColumns { get; } =
    [
        .. RiskFields.All.Select(column => column.Within<QuoteFacts>(quote => quote.Risk)),
        new(Boolean("weekend"), (in QuoteFacts quote) => quote.IsWeekend ? 1 : 0),
        new(Number("competitor_premium", "EUR/year", 0, 100_000), (in QuoteFacts quote) => quote.CompetitorPremium),
    ];

    public static IReadOnlyList<RecordColumn<QuoteRow>> Columns { get; } =
    [
        new(Id("quote_id"), (in QuoteRow row) => row.QuoteId),
        new(Date("quote_date", Role.Date), (in QuoteRow row) => row.Day),
        .. FactColumns.Select(column => column.Within<QuoteRow>(row => row.Facts)),
        new(Ignored(Number("tariff_premium", "EUR/year", 0)), (in QuoteRow row) => row.TariffPremium),
        new(Ignored(Category("price_arm", MotorLevels.PriceArm)), (in QuoteRow row) => row.Arm),
        new(Ignored(Number("arm_probability", null, 0, 1)), (in QuoteRow row) => PriceTest.Probability(row.Arm)),
        new(Number("offered_premium", "EUR/year", 0), (in QuoteRow row) => row.OfferedPremium),
        new(
            Number("price_to_market", null, 0) with
            {
                Description = "Offered premium against the market's cheapest.",
            },
            (in QuoteRow row) => row.OfferedPremium / row.Facts.CompetitorPremium
        ),
        new(Target(Boolean("converted")), (in QuoteRow row) => row.IsConverted ? 1 : 0),
    ];
}

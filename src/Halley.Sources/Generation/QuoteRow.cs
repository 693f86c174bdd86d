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
    public static RecordLayout<QuoteFacts> FactLayout { get; } =
        new(
            new NestedRecord<QuoteFacts, Risk>(RiskFields.Layout, (in QuoteFacts record) => record.Risk),
            new RecordColumn<QuoteFacts>(Boolean("weekend"), (in QuoteFacts quote) => quote.IsWeekend ? 1 : 0),
            new RecordColumn<QuoteFacts>(
                Number("competitor_premium", "EUR/year", 0, 100_000),
                (in QuoteFacts quote) => quote.CompetitorPremium
            )
        );

    public static RecordLayout<QuoteRow> Layout { get; } =
        new(
            new RecordColumn<QuoteRow>(Id("quote_id"), (in QuoteRow row) => row.QuoteId),
            new RecordColumn<QuoteRow>(Date("quote_date", Role.Date), (in QuoteRow row) => row.Day),
            new NestedRecord<QuoteRow, QuoteFacts>(FactLayout, (in QuoteRow record) => record.Facts),
            new RecordColumn<QuoteRow>(Ignored(Number("tariff_premium", "EUR/year", 0)), (in QuoteRow row) => row.TariffPremium),
            new RecordColumn<QuoteRow>(Ignored(Category("price_arm", MotorLevels.PriceArm)), (in QuoteRow row) => row.Arm),
            new RecordColumn<QuoteRow>(
                Ignored(Number("arm_probability", null, 0, 1)),
                (in QuoteRow row) => PriceTest.Probability(row.Arm)
            ),
            new RecordColumn<QuoteRow>(Number("offered_premium", "EUR/year", 0), (in QuoteRow row) => row.OfferedPremium),
            new RecordColumn<QuoteRow>(
                Number("price_to_market", null, 0) with
                {
                    Description = "Offered premium against the market's cheapest.",
                },
                (in QuoteRow row) => row.OfferedPremium / row.Facts.CompetitorPremium
            ),
            new RecordColumn<QuoteRow>(Target(Boolean("converted")), (in QuoteRow row) => row.IsConverted ? 1 : 0)
        );
}

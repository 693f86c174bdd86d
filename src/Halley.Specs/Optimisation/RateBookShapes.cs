using Halley.Optimization;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>A file of <c>halley optimise ratebook</c>.</summary>
static class RateBookShapes
{
    static readonly Shape<RateFactor> Factor = new ObjectShape<RateFactor>(
        "a factor",
        [
            Required("column", Text, "Column of the portfolio with the levels."),
            Required("levels", MapOf(NumberWithin(0)), "Levels in their order, with the relativities of today."),
            Optional("cap", NumberWithin(0, 1), "Largest relative change of a relativity. Default 0.1."),
            Optional(
                "order",
                Choice(("free", RateOrder.Free), ("rising", RateOrder.Rising), ("falling", RateOrder.Falling)),
                "Which way relativities go along the levels. Default free."
            ),
            Optional("smoothness", NumberWithin(0), "Largest relative step between neighbouring levels."),
        ],
        values =>
            new()
            {
                Column = values.Get<string>("column"),
                Levels = values.Get<IReadOnlyList<KeyValuePair<string, double>>>("levels"),
                Cap = values.Or("cap", 0.1),
                Order = values.Or("order", RateOrder.Free),
                Smoothness = values.Number("smoothness"),
            }
    );

    /// <summary>The whole file.</summary>
    public static Shape<RateBookSpec> RateBook { get; } =
        new ObjectShape<RateBookSpec>(
            "a rate book",
            [
                Required("prices", PriceShapes.Prices, "The portfolio with its columns and limits, as for 'optimise prices'."),
                Required("factors", ListOf(Factor), "Factors whose relativities may move."),
                Optional("rounding", NumberWithin(0, 0.99), "Relativities are multiples of this; 0 for none. Default 0.01."),
            ],
            values =>
                new()
                {
                    Portfolio = values.Get<PortfolioSpec>("prices"),
                    Factors = values.Get<IReadOnlyList<RateFactor>>("factors"),
                    Rounding = values.Or("rounding", 0.01),
                }
        );
}

using CsCheck;

namespace Halley.Decisions.Tests;

public sealed class MoneyRuleTests
{
    static MoneyRule Rule(MoneyRounding rounding = MoneyRounding.HalfUp, int decimals = 2) =>
        new()
        {
            Currency = "EUR",
            Rounding = rounding,
            Decimals = decimals,
        };

    static string Text(MoneyRule rule, double value)
    {
        Span<char> text = stackalloc char[40];
        return text[..rule.Format(rule.Round(value)!.Value, text)].ToString();
    }

    [Fact]
    public void A_plain_amount_rounds_as_its_shortest_text_does() =>
        Gen.Select(Gen.Double[-2e9, 2e9], Gen.Int[0, 6], Gen.Int[-3, 9], Gen.Int[0, 2])
            .Sample(
                (number, decimals, scale, rounding) =>
                {
                    // Some of them ties in text, such as 1.005.
                    var value = Math.Round(number / Math.Pow(10, scale), Math.Min(decimals + 1, 9));
                    var kind = new[] { MoneyRounding.HalfUp, MoneyRounding.HalfEven, MoneyRounding.HalfDown }[rounding];
                    var text = decimal.Parse(
                        value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                        System.Globalization.NumberStyles.Float,
                        System.Globalization.CultureInfo.InvariantCulture
                    );
                    var expected = kind switch
                    {
                        MoneyRounding.HalfEven => decimal.Round(text, decimals, MidpointRounding.ToEven),
                        MoneyRounding.HalfUp => decimal.Round(text, decimals, MidpointRounding.AwayFromZero),
                        _ => HalfDown(text, decimals),
                    };
                    Assert.Equal(expected, Rule(kind, decimals).Round(value));
                },
                iter: 20_000
            );

    static decimal HalfDown(decimal amount, int decimals)
    {
        var up = decimal.Round(amount, decimals, MidpointRounding.AwayFromZero);
        var isTie = Math.Abs(up - amount) * 2 == (decimal)Math.Pow(10, -decimals);
        return isTie ? decimal.Round(amount, decimals, MidpointRounding.ToZero) : up;
    }

    [Theory]
    [InlineData(1.005, "1.01")]
    [InlineData(2.675, "2.68")]
    [InlineData(-1.005, "-1.01")]
    [InlineData(-2.675, "-2.68")]
    [InlineData(12.5, "12.50")]
    [InlineData(0.285, "0.29")]
    [InlineData(1.0049999999999, "1.00")]
    [InlineData(-0.004, "0.00")]
    [InlineData(1e15, "1000000000000000.00")]
    [InlineData(1e-300, "0.00")]
    public void Half_up_rounds_the_number_as_it_is_written(double value, string expected) =>
        Assert.Equal(expected, Text(Rule(), value));

    [Theory]
    [InlineData(MoneyRounding.HalfUp, 2.5, -2.5, "3", "-3")]
    [InlineData(MoneyRounding.HalfEven, 2.5, -3.5, "2", "-4")]
    [InlineData(MoneyRounding.HalfDown, 2.5, -2.5, "2", "-2")]
    [InlineData(MoneyRounding.HalfDown, 2.51, -2.51, "3", "-3")]
    [InlineData(MoneyRounding.Up, 2.1, -2.1, "3", "-3")]
    [InlineData(MoneyRounding.Down, 2.9, -2.9, "2", "-2")]
    [InlineData(MoneyRounding.Ceiling, 2.1, -2.9, "3", "-2")]
    [InlineData(MoneyRounding.Floor, 2.9, -2.1, "2", "-3")]
    public void Each_rule_on_both_sides_of_zero(MoneyRounding rounding, double plus, double minus, string up, string down)
    {
        Assert.Equal(up, Text(Rule(rounding, 0), plus));
        Assert.Equal(down, Text(Rule(rounding, 0), minus));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e22)]
    public void What_is_no_amount_gives_none(double value) => Assert.Null(Rule().Round(value));

    [Theory]
    [InlineData("100.00", 3, "33.34 33.33 33.33")]
    [InlineData("-100.00", 3, "-33.34 -33.33 -33.33")]
    [InlineData("0.02", 4, "0.01 0.01 0.00 0.00")]
    [InlineData("12.50", 1, "12.50")]
    public void Instalments_differ_by_the_smallest_unit_at_most(string total, int count, string expected)
    {
        var payments = new decimal[count];
        Rule().Split(decimal.Parse(total), payments);
        Assert.Equal(expected, string.Join(' ', payments.Select(payment => payment.ToString("F2"))));
    }

    [Fact]
    public void Instalments_add_up_to_the_total() =>
        Gen.Select(Gen.Double[-1e7, 1e7], Gen.Int[1, 366], Gen.Int[0, 6])
            .Sample(
                (value, count, decimals) =>
                {
                    var rule = Rule(decimals: decimals);
                    var total = rule.Round(value)!.Value;
                    var payments = new decimal[count];
                    rule.Split(total, payments);
                    Assert.Equal(total, payments.Sum());
                    Assert.True(payments.Max() - payments.Min() <= (decimal)Math.Pow(10, -decimals));
                    Assert.All(payments, payment => Assert.Equal(payment, decimal.Round(payment, decimals)));
                }
            );

    [Fact]
    public void Rounding_is_within_half_a_unit_and_idempotent() =>
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Int[0, 6])
            .Sample(
                (value, decimals) =>
                {
                    var rule = Rule(decimals: decimals);
                    var amount = rule.Round(value)!.Value;
                    Assert.True(Math.Abs(amount - (decimal)value) <= (decimal)(0.5 * Math.Pow(10, -decimals)) + 1e-6m);
                    Assert.Equal(amount, rule.Round((double)amount));
                }
            );
}

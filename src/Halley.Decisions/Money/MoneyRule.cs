using System.Globalization;

namespace Halley.Decisions;

/// <summary>Currency, decimals and rounding of a money output: the one step from double to decimal.</summary>
public sealed record MoneyRule
{
    const int LongestNumber = 32;

    /// <summary>ISO 4217 code, for example <c>EUR</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>Decimals of an amount. Range 0 to 6. Default 2.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>Default: half up.</summary>
    public MoneyRounding Rounding { get; init; } = MoneyRounding.HalfUp;

    /// <summary>The amount, rounded in decimal arithmetic; null where the value is no finite number or beyond ±7.9e21.</summary>
    /// <remarks>
    /// The double is taken as its shortest text that reads back the same: 1.005 means 1.005, although the nearest double is a
    /// little less, and becomes 1.01 half up. Rounding the double itself would give 1.00.
    /// </remarks>
    public decimal? Round(double value)
    {
        if (!CanRound(value))
            return null;
        if (IsPlain(value, out var plain))
            return plain;
        Span<char> text = stackalloc char[LongestNumber];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        var rounded = Round(decimal.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture));
        // No negative zero in an answer.
        return rounded == 0 ? 0m : rounded;
    }

    /// <summary>Whether a value can be an amount.</summary>
    internal static bool CanRound(double value) => Math.Abs(value) <= 7.9e21;

    /// <summary>The nearest amount, where the value is so far from a tie that its shortest text must round to the same.</summary>
    /// <remarks>
    /// Value and shortest text differ by half a unit in the last place at most, and scaling errs by as much again: below 1e11
    /// smallest units that is less than 1e-4 of one, a tenth of the margin kept here.
    /// </remarks>
    bool IsPlain(double value, out decimal amount)
    {
        const double most = 1e11;
        const double margin = 1e-3;
        amount = 0;
        if (Rounding is not (MoneyRounding.HalfUp or MoneyRounding.HalfEven or MoneyRounding.HalfDown))
            return false;
        var scaled = value * Powers[Decimals];
        if (!(Math.Abs(scaled) < most))
            return false;
        var nearest = Math.Round(scaled);
        if (Math.Abs(scaled - nearest) > 0.5 - margin)
            return false;
        var units = (long)nearest;
        // No negative zero in an answer.
        amount = units == 0 ? 0m : new((int)Math.Abs(units), (int)(Math.Abs(units) >> 32), 0, units < 0, (byte)Decimals);
        return true;
    }

    static ReadOnlySpan<double> Powers => [1, 10, 100, 1e3, 1e4, 1e5, 1e6];

    decimal Round(decimal amount) =>
        Rounding switch
        {
            MoneyRounding.HalfUp => decimal.Round(amount, Decimals, MidpointRounding.AwayFromZero),
            MoneyRounding.HalfEven => decimal.Round(amount, Decimals, MidpointRounding.ToEven),
            MoneyRounding.HalfDown => HalfDown(amount),
            MoneyRounding.Up => decimal.Round(
                amount,
                Decimals,
                amount < 0 ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity
            ),
            MoneyRounding.Down => decimal.Round(amount, Decimals, MidpointRounding.ToZero),
            MoneyRounding.Ceiling => decimal.Round(amount, Decimals, MidpointRounding.ToPositiveInfinity),
            _ => decimal.Round(amount, Decimals, MidpointRounding.ToNegativeInfinity),
        };

    decimal HalfDown(decimal amount)
    {
        var cut = decimal.Round(amount, Decimals, MidpointRounding.ToZero);
        return Math.Abs(amount - cut) > SmallestUnit / 2 ? decimal.Round(amount, Decimals, MidpointRounding.AwayFromZero) : cut;
    }

    /// <summary>0.01 for two decimals.</summary>
    decimal SmallestUnit => new(1, 0, 0, false, (byte)Decimals);

    /// <summary>Splits a rounded total into payments that add up to it; they differ by at most the smallest unit, larger ones first.</summary>
    /// <param name="payments">Receives the amounts; its length is their number.</param>
    public void Split(decimal total, Span<decimal> payments)
    {
        var units = total / SmallestUnit;
        var each = decimal.Truncate(units / payments.Length);
        var left = (int)(units - each * payments.Length);
        for (var i = 0; i < payments.Length; i++)
            payments[i] = (each + (i < Math.Abs(left) ? Math.Sign(left) : 0)) * SmallestUnit;
    }

    /// <summary>Text with exactly the rule's decimals, such as <c>12.50</c>, in the invariant culture.</summary>
    /// <param name="destination">At least 40 characters.</param>
    /// <returns>Number of characters written.</returns>
    public int Format(decimal amount, Span<char> destination)
    {
        Span<char> format = ['F', (char)('0' + Decimals)];
        if (!amount.TryFormat(destination, out var written, format, CultureInfo.InvariantCulture))
            throw new ArgumentException("an amount needs 40 characters.", nameof(destination));
        return written;
    }
}

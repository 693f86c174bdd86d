using System.Globalization;

namespace Halley.Registry;

/// <summary>Turns a comparison into a line: whether it is known, how long until it is, and the sentence.</summary>
static class ValueWords
{
    const double WeeksOfTenYears = 520;
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    internal static ValueLine Line(ValueComparison found, ValueDefinition definition)
    {
        var per = found.Grade == ValueGrade.ShadowPair ? "decision" : definition.Unit;
        var difference = found.Difference;
        // NaN bounds (too few units) are not known either.
        var isKnown = difference.Lower > 0 || difference.Upper < 0;
        var weeks = isKnown ? null : WeeksToKnow(found);
        return new()
        {
            Grade = found.Grade,
            Release = found.Release,
            Against = found.Against,
            Currency = definition.Currency,
            Per = per,
            Value = difference.Value,
            StandardError = difference.StandardError,
            Lower = difference.Lower,
            Upper = difference.Upper,
            Units = found.Units,
            AgainstUnits = found.AgainstUnits,
            Decisions = found.Decisions,
            IsKnown = isKnown,
            WeeksToKnow = weeks,
            Simulated = found.Simulated,
            Assumption = found.Assumption,
            Measured = MeasuredCoverage.Words(found.Grade),
            Sentence = Sentence(found, definition.Currency, per, isKnown, weeks),
        };
    }

    /// <summary>Weeks until the half width falls below the difference, if rate and spread stay as they are: it shrinks as 1/√n.</summary>
    static double? WeeksToKnow(ValueComparison found)
    {
        var half = (found.Difference.Upper - found.Difference.Lower) / 2;
        var ratio = half / Math.Abs(found.Difference.Value);
        var weeks = (ratio * ratio - 1) * (found.Span / Week);
        return weeks <= WeeksOfTenYears ? Math.Max(1, Math.Ceiling(weeks)) : null;
    }

    static string Sentence(ValueComparison found, string currency, string per, bool isKnown, double? weeks)
    {
        var difference = found.Difference;
        if (double.IsNaN(difference.Lower))
            return $"not known yet: too few {per}s have answers of both {found.Release} and {found.Against}.";
        var interval = $"95 % interval {ExperimentWords.Money(difference.Lower)} to {ExperimentWords.Money(difference.Upper)}";
        // A shadow's answer met no customer: what it would earn is what the models expect.
        var basis = found.Grade == ValueGrade.ShadowPair ? "by what each release's own models expect, " : "";
        if (isKnown)
        {
            return $"{basis}{found.Release} {(found.Grade == ValueGrade.ShadowPair ? "would earn" : "earned")} {ExperimentWords.Money(Math.Abs(difference.Value))} {currency} a {per} "
                + $"{(difference.Value > 0 ? "more" : "less")} than {found.Against} ({interval}).";
        }
        var wait = weeks is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"about {number:0} more week{(number > 1 ? "s" : "")}")
            : "more than ten years at this rate";
        return $"not known yet; {wait}: {basis}{found.Release} against {found.Against} is {ExperimentWords.Money(difference.Value)} {currency} a {per} so far ({interval}).";
    }
}

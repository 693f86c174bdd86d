namespace Halley.Sources.Generation;

/// <summary>
/// The known truth behind a generated portfolio: what a risk, a claim or a quote really expects, so that the value of a
/// decision can be stated without error. Immutable, safe to share between threads.
/// </summary>
public sealed class PortfolioTruth
{
    readonly ClaimCalendar calendar;

    public PortfolioTruth(PortfolioOptions options)
    {
        options.ThrowIfInvalid();
        calendar = new(options);
    }

    internal ClaimCalendar Calendar => calendar;

    /// <summary>A claim of at least this much is large, EUR.</summary>
    public static double LargeThreshold => SeverityTruth.LargeThreshold;

    /// <summary>Expected claims a year at the level of the portfolio's first day, seasons averaged.</summary>
    public static double Frequency(in Risk risk) => FrequencyTruth.Of(risk);

    /// <summary>Expected claims from one day up to, not including, another.</summary>
    public double ExpectedClaims(in Risk risk, DateOnly from, DateOnly to) =>
        FrequencyTruth.Of(risk) * calendar.Intensity(from.DayNumber, to.DayNumber);

    /// <summary>Expected amount of a claim of that day, EUR.</summary>
    public double Severity(in Risk risk, DateOnly day)
    {
        var (moving, @fixed) = SeverityTruth.Mean(risk);
        return moving * calendar.AmountLevel(day.DayNumber) + @fixed;
    }

    /// <summary>Expected cost of claims from one day up to, not including, another, EUR.</summary>
    public double ExpectedCost(in Risk risk, DateOnly from, DateOnly to)
    {
        var (moving, @fixed) = SeverityTruth.Mean(risk);
        var (first, last) = (from.DayNumber, to.DayNumber);
        return FrequencyTruth.Of(risk) * (moving * calendar.Cost(first, last) + @fixed * calendar.Intensity(first, last));
    }

    /// <summary>Expected cost of claims in the year that starts on a day, EUR.</summary>
    public double PurePremium(in Risk risk, DateOnly from) => ExpectedCost(risk, from, from.AddYears(1));

    /// <summary>Probability that a claim of that day is large, before anything of the claim is known.</summary>
    public double LargeProbability(in Risk risk, DateOnly day) => SeverityTruth.Large(risk, calendar.AmountLevel(day.DayNumber));

    /// <summary>Probability that a reported claim turns out large.</summary>
    public static double LargeProbability(in ClaimFacts claim)
    {
        var develops = Develops(claim);
        return develops + (1 - develops) * SeverityTruth.BodyExceeds(claim.ClaimedAmount, SeverityTruth.HandlingSigma);
    }

    /// <summary>Expected payment for a reported claim, EUR.</summary>
    public static double ExpectedAmount(in ClaimFacts claim)
    {
        var develops = Develops(claim);
        return develops * SeverityTruth.LargeMean + (1 - develops) * claim.ClaimedAmount;
    }

    /// <summary>Probability that a reported claim is fraudulent.</summary>
    public static double FraudProbability(in ClaimFacts claim) => FraudTruth.Of(claim);

    /// <summary>Probability that a quote is taken at a premium, EUR a year.</summary>
    public static double ConversionProbability(in QuoteFacts quote, double premium) => ConversionTruth.Of(quote, premium);

    internal static double Develops(in ClaimFacts claim) =>
        SeverityTruth.Develops(claim.Risk, claim.Type, claim.Injury, claim.TimeOfDay == Codes.TimeOfDay.Night);
}

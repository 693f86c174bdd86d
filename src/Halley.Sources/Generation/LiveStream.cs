using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>What comes after a generated portfolio's end, one event at a time, with outcomes by the same truth.</summary>
/// <remarks>The n-th quote and the n-th claim depend on the portfolio's options and n alone.</remarks>
public sealed class LiveStream
{
    /// <summary>Frequency against which a contract is taken for a live claim: claims come from risks in proportion to their frequency.</summary>
    const double MostLikely = 0.6;

    /// <summary>About as many as the portfolio has.</summary>
    const double ClaimsAContract = 0.15;

    /// <summary>Events come at the portfolio's own rate, but never so seldom that they soon leave the known truth.</summary>
    const double FewestADay = 100;

    readonly PortfolioOptions options;
    readonly PortfolioTruth truth;
    readonly double quotesADay;
    readonly double claimsADay;

    public LiveStream(PortfolioOptions options)
    {
        truth = new(options);
        this.options = options;
        var days = options.End.DayNumber - options.Start.DayNumber;
        quotesADay = Math.Max(FewestADay, options.Policies * options.QuotesPerPolicy / days);
        claimsADay = Math.Max(FewestADay, options.Policies * ClaimsAContract / days);
    }

    public PortfolioTruth Truth => truth;

    /// <summary>The quotes from number <paramref name="first"/> (0 is the first after the end) on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quotes go beyond the known truth, five years after the end.</exception>
    public IEnumerable<LiveQuote> Quotes(int first, int count) => Enumerable.Range(first, count).Select(Quote);

    /// <summary>The claims from number <paramref name="first"/> (0 is the first after the end) on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The claims go beyond the known truth, five years after the end.</exception>
    public IEnumerable<LiveClaim> Claims(int first, int count) => Enumerable.Range(first, count).Select(Claim);

    LiveQuote Quote(int number)
    {
        var random = Streams.LiveQuote(options.Seed, number);
        var at = TimeOf(number, quotesADay);
        var day = DateOnly.FromDateTime(at).DayNumber;
        var facts = QuoteSampler.Draw(ref random, day, truth.Calendar.AmountLevel(day));
        var willingness = random.NextDouble();
        var (claims, cost) = YearOf(ref random, facts.Risk, day);
        return new(facts, willingness)
        {
            Number = number,
            At = at,
            TariffPremium = Tariff.Premium(facts.Risk),
            ExpectedCost = truth.PurePremium(facts.Risk, DateOnly.FromDayNumber(day)),
            ActualClaims = claims,
            ActualCost = cost,
        };
    }

    LiveClaim Claim(int number)
    {
        var random = Streams.LiveClaim(options.Seed, number);
        var at = TimeOf(number, claimsADay);
        var reportDay = DateOnly.FromDateTime(at).DayNumber;
        var (risk, daysSinceInception) = Claimant(ref random);
        // The claim is drawn at the report's level of amounts, because its delay is part of what is drawn.
        var facts = ClaimSampler.Draw(ref random, risk, reportDay, daysSinceInception, truth.Calendar.AmountLevel(reportDay));
        var occurrence = DateOnly.FromDayNumber(reportDay - (int)facts.DaysToReport);
        facts = facts with { Weekday = occurrence.DayNumber % 7 };
        return new(facts)
        {
            Number = number,
            At = at,
            OccurrenceDate = occurrence,
            IsFraud = random.NextDouble() < PortfolioTruth.FraudProbability(facts),
            Amount = ClaimSampler.Amount(ref random, facts),
        };
    }

    /// <summary>A contract in one of its policy years, drawn in proportion to its frequency (up to <see cref="MostLikely"/>).</summary>
    (Risk Risk, int DaysSinceInception) Claimant(ref DeterministicRandom random)
    {
        while (true)
        {
            var contract = Contract.Draw(options, random.NextInt(options.Policies), out _);
            var history = contract.History;
            var year = history.FirstYear + random.NextInt(history.SeenYears(options));
            var (from, to) = history.Period(year, options);
            var day = from + random.NextInt(to - from);
            var risk = contract.Profile.At(from, year, contract.Past.BonusMalus, contract.Past.PriorClaims);
            if (random.NextDouble() * MostLikely < PortfolioTruth.Frequency(risk))
                return (risk, day - history.Inception.DayNumber);
        }
    }

    /// <summary>Claims and cost of the year that starts on a day.</summary>
    (int Claims, double Cost) YearOf(ref DeterministicRandom random, in Risk risk, int from)
    {
        var to = DateOnly.FromDayNumber(from).AddYears(1).DayNumber;
        var count = random.NextPoisson(PortfolioTruth.Frequency(risk) * truth.Calendar.Intensity(from, to));
        var cost = 0.0;
        for (var number = 0; number < count; number++)
        {
            var day = truth.Calendar.DayAt(from, to, random.NextDouble());
            var claim = ClaimSampler.Draw(ref random, risk, day, day - from, truth.Calendar.AmountLevel(day));
            cost += ClaimSampler.Amount(ref random, claim);
        }
        return (count, cost);
    }

    DateTime TimeOf(int number, double eventsADay) =>
        options.End.ToDateTime(TimeOnly.MinValue).AddSeconds(Math.Round(number / eventsADay * 86_400));
}

using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>One contract of the portfolio: its history and its profile, drawn again whenever they are needed.</summary>
readonly record struct Contract
{
    /// <summary>Of every 8 contracts, the last two belong to one customer.</summary>
    const int Group = 8;

    public required long Index { get; init; }

    public required ContractHistory History { get; init; }

    public required Profile Profile { get; init; }

    /// <summary>Bonus-malus and recent claims as the first policy year seen begins.</summary>
    public required (double BonusMalus, double PriorClaims) Past { get; init; }

    public static long CustomerOf(long index) => index / Group * (Group - 1) + Math.Min(index % Group, Group - 2);

    /// <summary>The policy years seen, without drawing the rest.</summary>
    public static int SeenYears(PortfolioOptions options, long index)
    {
        var random = Streams.Contract(options.Seed, index);
        return ContractHistory.Draw(ref random, options).SeenYears(options);
    }

    /// <summary>Draws the contract; the generator goes on with what happens to it.</summary>
    public static Contract Draw(PortfolioOptions options, long index, out DeterministicRandom random)
    {
        random = Streams.Contract(options.Seed, index);
        var history = ContractHistory.Draw(ref random, options);
        var (day, _) = history.Period(history.FirstYear, options);
        var customer = Streams.Customer(options.Seed, CustomerOf(index));
        var (personDay, personTenure) = PersonAsOf(options, index, day, history.FirstYear);
        var profile = RiskSampler.Draw(ref customer, ref random, personDay, personTenure, day);
        var risk = profile.At(day, history.FirstYear, 100, 0);
        return new()
        {
            Index = index,
            History = history,
            Profile = profile,
            Past = RiskSampler.Past(ref random, risk.LicenceYears, risk.DriverAge),
        };
    }

    /// <summary>The day as of which the customer's age is drawn: the first seen of any of the customer's contracts.</summary>
    static (int Day, int TenureYears) PersonAsOf(PortfolioOptions options, long index, int day, int tenureYears)
    {
        var other = (index % Group) switch
        {
            Group - 1 => index - 1,
            Group - 2 when index + 1 < options.Policies => index + 1,
            _ => index,
        };
        if (other == index)
            return (day, tenureYears);
        var random = Streams.Contract(options.Seed, other);
        var history = ContractHistory.Draw(ref random, options);
        var (otherDay, _) = history.Period(history.FirstYear, options);
        return (Math.Min(day, otherDay), Math.Max(tenureYears, history.FirstYear));
    }
}

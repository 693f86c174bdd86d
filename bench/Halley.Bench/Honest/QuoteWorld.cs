using Halley.Kernels;

namespace Halley.Bench;

/// <summary>Customers, prices, demand and claims of a scenario, with their expectations.</summary>
/// <remarks>
/// A customer has two standard normal risk factors; the expected claim cost is 240·exp(0.5·x₁ + 0.3·x₂ − ½·(0.25 + 0.09)) at a mean severity
/// of 800. The champion knows E[cost | x₁] and asks a quarter more; the market asks the same. A customer buys with the odds
/// exp(−elasticity·ln(price/market)), renews with odds e^1.5 times those.
/// </remarks>
sealed class QuoteWorld
{
    public const double Days = 7.0 * ValueScenario.Weeks;
    const double MeanCost = 240;
    const double MeanSeverity = 800;
    const double First = 0.5;
    const double Second = 0.3;
    const double Loading = 1.25;
    const int MostClaims = 24;

    readonly ValueScenario scenario;

    public ValueScenario Scenario => scenario;

    readonly double[] countedByClaims;

    public QuoteWorld(ValueScenario scenario)
    {
        this.scenario = scenario;
        countedByClaims = Counted();
    }

    /// <param name="Day">Of the first quote, from the start.</param>
    public readonly record struct Customer(double Day, double First, double Second);

    /// <param name="Buys">Chance that the customer buys or renews.</param>
    /// <param name="Cost">Expected counted claims of a policy in truth.</param>
    /// <param name="Known">The same by the release's own models.</param>
    /// <param name="Frequency">Expected number of claims.</param>
    public readonly record struct Quote(double Premium, double Buys, double Cost, double Known, double Frequency)
    {
        public double Profit => Buys * (Premium - Cost);

        public double Expected => Buys * (Premium - Known);
    }

    public Customer Draw(ref DeterministicRandom random)
    {
        var day = Days * random.NextDouble();
        return new(day, random.NextNormal() + scenario.Season * Math.Sin(2 * Math.PI * day / Days), random.NextNormal());
    }

    /// <summary>Quotes of a customer's first visit and renewals within the window, if the customer stays.</summary>
    public int Visits(Customer customer) =>
        scenario.RenewalWeeks > 0 ? 1 + (int)((Days - customer.Day) / (7 * scenario.RenewalWeeks)) : 1;

    public double DayOf(Customer customer, int visit) => customer.Day + 7 * scenario.RenewalWeeks * visit;

    public Quote Ask(bool isChallenger, Customer customer, int visit)
    {
        var level = MeanCost * (1 + scenario.Drift * DayOf(customer, visit) / Days);
        var byFirst = level * Math.Exp(First * customer.First - 0.5 * First * First);
        var truth = byFirst * Math.Exp(Second * customer.Second - 0.5 * Second * Second);
        var knowsSecond = isChallenger && scenario.KnowsSecond;
        var premium = Loading * (isChallenger ? 1 + scenario.Change : 1) * (knowsSecond ? truth : byFirst);
        var odds = Math.Exp((visit > 0 ? 1.5 : 0) - scenario.Elasticity * Math.Log(premium / (Loading * byFirst)));
        var frequency = truth / MeanSeverity;
        var cost = ExpectedCounted(frequency);
        return new(premium, odds / (1 + odds), cost, knowsSecond ? cost : ExpectedBySecond(byFirst), frequency);
    }

    /// <summary>What a policy's claims come to, as they are reported: none, or the days after the decision with the amount known from then on.</summary>
    public void Claims(ref DeterministicRandom random, double frequency, List<(double Days, double Known)> events)
    {
        events.Clear();
        for (var claim = random.NextPoisson(frequency); claim > 0; claim--)
        {
            var amount = Severity(ref random);
            if (scenario.ReportDays == 0)
            {
                events.Add((0, amount));
                continue;
            }
            var reported = scenario.ReportDays * random.NextExponential();
            events.Add((reported, AtFirst * amount));
            events.Add((reported + scenario.SettleDays, (1 - AtFirst) * amount));
        }
        events.Sort();
    }

    public const double AtFirst = 0.6;

    /// <summary>Share of the final amount known at an age, on average.</summary>
    public double KnownShare(double days) => AtFirst * Reported(days) + (1 - AtFirst) * Reported(days - scenario.SettleDays);

    double Reported(double days) => days <= 0 ? 0 : 1 - Math.Exp(-days / scenario.ReportDays);

    double Severity(ref DeterministicRandom random)
    {
        var sigma = scenario.SeveritySigma;
        return sigma > 0
            ? MeanSeverity * Math.Exp(sigma * random.NextNormal() - 0.5 * sigma * sigma)
            : MeanSeverity * random.NextExponential();
    }

    /// <summary>Σ Poisson(k; frequency)·E[min(sum of k claims, cap)].</summary>
    double ExpectedCounted(double frequency)
    {
        if (scenario.Cap is null)
            return frequency * MeanSeverity;
        var (sum, chance) = (0.0, Math.Exp(-frequency));
        for (var k = 1; k < MostClaims; k++)
        {
            chance *= frequency / k;
            sum += chance * countedByClaims[k];
        }
        return sum;
    }

    // Nodes and weights of a five-point Gauss-Hermite rule for a standard normal.
    static readonly (double Node, double Weight)[] Hermite =
    [
        (-2.8569700138728056, 0.011257411327720689),
        (-1.3556261799742659, 0.22207592200561263),
        (0, 0.53333333333333333),
        (1.3556261799742659, 0.22207592200561263),
        (2.8569700138728056, 0.011257411327720689),
    ];

    /// <summary>The expected counted cost of those who share the first factor: what a model that knows no more can know.</summary>
    double ExpectedBySecond(double byFirst)
    {
        if (scenario.Cap is null)
            return byFirst;
        var sum = 0.0;
        foreach (var (node, weight) in Hermite)
            sum += weight * ExpectedCounted(byFirst * Math.Exp(Second * node - 0.5 * Second * Second) / MeanSeverity);
        return sum;
    }

    /// <summary>E[min(sum of k claims, cap)] by two million draws of each k.</summary>
    double[] Counted()
    {
        var counted = new double[MostClaims];
        if (scenario.Cap is not { } cap)
            return counted;
        const int draws = 2_000_000;
        Parallel.For(
            1,
            MostClaims,
            k =>
            {
                // Beyond six claims, which hardly ever come, fewer draws do.
                var number = k <= 6 ? draws : draws / 50;
                var random = CounterRandom.Generator(99, (ulong)k);
                var sum = 0.0;
                for (var draw = 0; draw < number; draw++)
                {
                    var total = 0.0;
                    for (var claim = 0; claim < k; claim++)
                        total += Severity(ref random);
                    sum += Math.Min(total, cap);
                }
                counted[k] = sum / number;
            }
        );
        return counted;
    }
}

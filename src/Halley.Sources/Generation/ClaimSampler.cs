using Halley.Kernels;
using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>Draws what is reported of a claim, and what becomes of it, by the truth.</summary>
static class ClaimSampler
{
    static readonly Shares dayTime = new(0.43, 0.22, 0.35);
    static readonly double[] reportDelay = [0.35, 0.25, 0.95, 0.45, 0.10, 0.85];
    static readonly double[] police = [0.22, 0.02, 0.75, 0.15, 0.88, 0.03];
    static readonly Shares repair = new(0.16, 0.42, 0.42);
    static readonly Shares repairGlass = new(0.04, 0.26, 0.70);

    /// <summary>A claim of a risk on a day.</summary>
    public static ClaimFacts Draw(
        ref DeterministicRandom random,
        in Risk risk,
        int day,
        int daysSinceInception,
        double amountLevel
    )
    {
        var type = Type(random.NextDouble(), risk);
        var injury = random.NextDouble() < SeverityTruth.Injury(type);
        var isNight = random.NextDouble() < SeverityTruth.Night(risk);
        var timeOfDay = dayTime.Pick(random.NextDouble());
        var sigma = SeverityTruth.Sigma(type);
        var claimed =
            SeverityTruth.ClaimedMean(risk, type, injury) * amountLevel * Exp(sigma * random.NextNormal() - sigma * sigma / 2);
        var facts = new ClaimFacts
        {
            Risk = risk,
            Type = type,
            Injury = injury,
            TimeOfDay = isNight ? Codes.TimeOfDay.Night : timeOfDay,
            // Day number 0 was a Monday.
            Weekday = day % 7,
            DaysSinceInception = daysSinceInception,
            ClaimedAmount = Cents(claimed),
        };
        return Report(ref random, facts);
    }

    /// <summary>What is paid in the end, EUR.</summary>
    public static double Amount(ref DeterministicRandom random, in ClaimFacts claim)
    {
        var develops = PortfolioTruth.Develops(claim);
        var (uniform, tail, handling) = (random.NextDouble(), random.NextDouble(), random.NextNormal());
        const double sigma = SeverityTruth.HandlingSigma;
        return Cents(
            uniform < develops
                ? SeverityTruth.LargeThreshold * Pow(tail, -1 / SeverityTruth.ParetoShape)
                : claim.ClaimedAmount * Exp(sigma * handling - sigma * sigma / 2)
        );
    }

    static ClaimFacts Report(ref DeterministicRandom random, in ClaimFacts claim)
    {
        var delay = Exp(reportDelay[claim.Type] + 1.05 * random.NextNormal()) - 0.5;
        var isLate = random.NextDouble() < 0.03;
        delay += isLate ? 60 * random.NextDouble() : 0;
        var isThirdParty =
            claim.Type is Codes.ClaimType.Injury or Codes.ClaimType.Property
            || (random.NextDouble() < 0.55 && claim.Type == Codes.ClaimType.Collision);
        return claim with
        {
            DaysToReport = Math.Clamp(Math.Floor(delay), 0, 365),
            ThirdParty = isThirdParty,
            PoliceReport = random.NextDouble() < police[claim.Type],
            Witnesses = Math.Min(random.NextPoisson(isThirdParty ? 0.7 : 0.3), 3),
            Lawyer = random.NextDouble() < (claim.Injury ? 0.30 : 0.04),
            RecentChange = random.NextDouble() < 0.06,
            Photos = random.NextDouble() < (claim.Type == Codes.ClaimType.Theft ? 0.30 : 0.72),
            Repair = (claim.Type == Codes.ClaimType.Glass ? repairGlass : repair).Pick(random.NextDouble()),
        };
    }

    static int Type(double uniform, in Risk risk)
    {
        Span<double> probabilities = stackalloc double[Codes.ClaimType.Count];
        SeverityTruth.TypeProbabilities(risk, probabilities);
        var last = 0;
        for (var type = 0; type < probabilities.Length; type++)
        {
            if (probabilities[type] == 0)
                continue;
            last = type;
            if ((uniform -= probabilities[type]) < 0)
                break;
        }
        return last;
    }

    static double Cents(double amount) => Math.Max(1, Math.Round(amount, 2));
}

using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>Draws who asks for a quote, and what the market offers.</summary>
static class QuoteSampler
{
    public static QuoteFacts Draw(ref DeterministicRandom random, int day, double amountLevel)
    {
        var profile = RiskSampler.Draw(ref random, ref random, day, tenureYears: 0, day);
        var fresh = profile.At(day, 0, 100, 0);
        var (bonusMalus, priorClaims) = RiskSampler.Past(ref random, fresh.LicenceYears, fresh.DriverAge);
        var risk = fresh with { BonusMalus = bonusMalus, PriorClaims = priorClaims };
        return new()
        {
            Risk = risk,
            CompetitorPremium = Market.Premium(risk, random.NextNormal(), amountLevel),
            IsWeekend = day % 7 >= 5,
        };
    }
}

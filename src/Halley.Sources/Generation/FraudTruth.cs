using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>Probability that a claim is fraudulent: logistic in what is known at the report, with products.</summary>
static class FraudTruth
{
    const double Base = -3.95;

    static readonly double[] type = [0.0, -1.2, -0.1, -0.5, 0.7, -0.6];
    static readonly double[] repair = [0.6, 0.1, -0.4];

    public static double Of(in ClaimFacts claim) =>
        Logistic(Base + Report(claim) + Money(claim) + Circumstances(claim) + Person(claim));

    static double Report(in ClaimFacts claim)
    {
        var isLate = claim.DaysToReport > 14;
        var isNew = claim.DaysSinceInception < 90;
        return 0.20 * LogOnePlus(claim.DaysToReport)
            + (isLate && claim.Repair == Codes.Repair.Cash ? 1.6 : 0)
            + (isNew ? 0.6 : 0)
            + (isNew && (claim.Type is Codes.ClaimType.Theft or Codes.ClaimType.Collision) ? 1.2 : 0)
            + (claim.RecentChange ? 0.8 : 0);
    }

    static double Money(in ClaimFacts claim)
    {
        var share = Math.Min(claim.ClaimToValue, 1.2);
        var oldAndDear = share > 0.5 && claim.Risk.VehicleAge > 7;
        return 0.7 * share + (oldAndDear ? 1.5 : 0) + repair[claim.Repair];
    }

    static double Circumstances(in ClaimFacts claim)
    {
        var isUnseen = claim.Witnesses == 0 && !claim.PoliceReport;
        var isNight = claim.TimeOfDay == Codes.TimeOfDay.Night;
        return type[claim.Type]
            + (claim.PoliceReport ? -0.4 : 0)
            - 0.2 * claim.Witnesses
            + (claim.Photos ? -0.4 : 0.2)
            + (isUnseen && isNight ? 2.2 : 0)
            + (claim.Lawyer && !claim.Injury ? 1.8 : 0);
    }

    static double Person(in ClaimFacts claim) =>
        0.35 * Math.Min(claim.Risk.PriorClaims, 3)
        + 0.4 * FrequencyTruth.Youth(claim.Risk.DriverAge)
        + (claim.Risk.Channel is Codes.Channel.Online or Codes.Channel.Comparison ? 0.2 : 0);
}

using Halley.Statistics;
using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>What a claim truly costs, and how likely it is a large one, given the risk.</summary>
/// <remarks>
/// A claim has a type; its type, an injury and the time of day say how likely it develops into a large one. A large one is
/// Pareto above <see cref="LargeThreshold"/>; any other is the claimed amount (lognormal) times what handling makes of it
/// (lognormal with mean 1). Expectations are sums over type, injury and night, with nothing simulated.
/// </remarks>
static class SeverityTruth
{
    /// <summary>A claim of at least this much is large, EUR.</summary>
    public const double LargeThreshold = 10_000;

    /// <summary>α of the Pareto tail: mean 1.83 times the threshold, finite variance.</summary>
    public const double ParetoShape = 2.2;

    public const double LargeMean = LargeThreshold * ParetoShape / (ParetoShape - 1);

    /// <summary>σ of ln(paid / claimed).</summary>
    public const double HandlingSigma = 0.20;

    /// <summary>Share of claims between 22 and 6 o'clock, by usage.</summary>
    static readonly double[] night = [0.08, 0.06, 0.22, 0.09];

    static readonly double[] typeSigma = [0.80, 0.35, 0.95, 0.75, 0.40, 0.65];
    static readonly double[] typeLarge = [0.0036, 0, 0.050, 0.0042, 0.001, 0.003];
    static readonly double[] typeInjury = [0.07, 0, 1, 0.05, 0, 0];

    /// <summary>Relative shares of types by cover: rows as <see cref="MotorLevels.Cover"/>, columns as <see cref="MotorLevels.ClaimType"/>.</summary>
    static readonly double[][] typeShare =
    [
        [0.40, 0.17, 0.045, 0.27, 0.045, 0.07],
        [0, 0.27, 0.075, 0.45, 0.085, 0.12],
        [0, 0, 0.14, 0.86, 0, 0],
    ];

    static readonly double[] regionWeather = [1.3, 0.8, 1.0, 0.9, 1.6, 0.9, 1.7, 1.0, 1.2, 1.1];
    static readonly double[] brandRepair = [0.00, 0.10, -0.06, 0.14, -0.04, 0.02, -0.08, 0.06, 0.20, 0.12, -0.05];

    public static double Night(in Risk risk) => night[risk.Usage] + 0.10 * FrequencyTruth.Youth(risk.DriverAge);

    public static double Injury(int type) => typeInjury[type];

    /// <summary>σ of the claimed amount's logarithm.</summary>
    public static double Sigma(int type) => typeSigma[type];

    /// <summary>Probability of each type of a claim, shape (6).</summary>
    public static void TypeProbabilities(in Risk risk, Span<double> probabilities)
    {
        var density = Log(risk.Density / 400);
        var youth = FrequencyTruth.Youth(risk.DriverAge);
        typeShare[risk.Cover].CopyTo(probabilities);
        probabilities[Codes.ClaimType.Collision] *= 1 + 0.3 * youth;
        probabilities[Codes.ClaimType.Injury] *= 1 + 0.5 * youth - 0.12 * Math.Clamp(density, -2, 2);
        probabilities[Codes.ClaimType.Theft] *= Exp(
            0.28 * density + (risk.Parking == Codes.Parking.Garage ? -0.6 : 0) + 0.02 * (risk.VehiclePower - 85)
        );
        probabilities[Codes.ClaimType.Weather] *= regionWeather[risk.Region] * (risk.Parking == Codes.Parking.Garage ? 0.5 : 1);
        var total = 0.0;
        foreach (var share in probabilities)
            total += share;
        foreach (ref var share in probabilities)
            share /= total;
    }

    /// <summary>Mean claimed amount of a type at the level of the first day, EUR.</summary>
    public static double ClaimedMean(in Risk risk, int type, bool injury)
    {
        var value = Log(risk.VehicleValue / 9_000);
        var mean = type switch
        {
            Codes.ClaimType.Collision => 1_640
                * Exp(0.42 * value + brandRepair[risk.Brand] + 0.25 * FrequencyTruth.Youth(risk.DriverAge)),
            Codes.ClaimType.Glass => 400 * Exp(0.22 * value + (risk.Fuel == Codes.Fuel.Electric ? 0.25 : 0)),
            Codes.ClaimType.Injury => 3_300 * Exp(0.15 * Log(risk.VehiclePower / 85)),
            Codes.ClaimType.Property => 1_420
                * Exp(0.22 * Log(risk.VehiclePower / 85) + (risk.Usage == Codes.Usage.Delivery ? 0.12 : 0)),
            Codes.ClaimType.Theft => 0.34 * risk.VehicleValue,
            _ => 1_080 * Exp(0.35 * value),
        };
        var electric = risk.Fuel == Codes.Fuel.Electric && type == Codes.ClaimType.Collision ? 1.18 : 1;
        return mean * electric * (injury && type != Codes.ClaimType.Injury ? 1.8 : 1);
    }

    /// <summary>Probability that a claim develops into a large one beyond what was claimed.</summary>
    public static double Develops(in Risk risk, int type, bool injury, bool isNight)
    {
        var density = Math.Clamp(Log(risk.Density / 400), -3, 3);
        var eta =
            (injury && type != Codes.ClaimType.Injury ? 1.3 : 0)
            + (isNight ? 0.7 : 0)
            - 0.22 * density
            + 0.6 * FrequencyTruth.Youth(risk.DriverAge)
            + 0.006 * Math.Clamp(risk.VehiclePower - 85, -50, 100)
            + (isNight && risk.VehiclePower > 120 ? 0.5 : 0);
        return Math.Min(0.6, typeLarge[type] * Exp(eta));
    }

    /// <summary>
    /// Of a claim of this risk: its expected amount that moves with the level of amounts (at the level of the first day), and
    /// the expected amount of large ones, which does not.
    /// </summary>
    public static (double Moving, double Fixed) Mean(in Risk risk)
    {
        var sums = (Moving: 0.0, Fixed: 0.0);
        foreach (var (probability, type, injury, isNight) in Cases(risk))
        {
            var develops = Develops(risk, type, injury, isNight);
            sums.Moving += probability * (1 - develops) * ClaimedMean(risk, type, injury);
            sums.Fixed += probability * develops * LargeMean;
        }
        return sums;
    }

    /// <summary>Probability that a claim of this risk is large, at a level of amounts.</summary>
    public static double Large(in Risk risk, double amountLevel)
    {
        var sum = 0.0;
        foreach (var (probability, type, injury, isNight) in Cases(risk))
        {
            var sigma = Math.Sqrt(Sigma(type) * Sigma(type) + HandlingSigma * HandlingSigma);
            var body = BodyExceeds(ClaimedMean(risk, type, injury) * amountLevel, sigma);
            var develops = Develops(risk, type, injury, isNight);
            sum += probability * (develops + (1 - develops) * body);
        }
        return sum;
    }

    /// <summary>P(lognormal with this mean and σ ≥ threshold) = 1 − Φ((ln(T/mean) + σ²/2)/σ).</summary>
    public static double BodyExceeds(double mean, double sigma) =>
        NormalDistribution.Upper((Log(LargeThreshold / mean) + sigma * sigma / 2) / sigma);

    /// <summary>Every combination of type, injury and night with its probability; those of probability 0 left out.</summary>
    static List<(double Probability, int Type, bool Injury, bool IsNight)> Cases(in Risk risk)
    {
        var types = new double[Codes.ClaimType.Count];
        TypeProbabilities(risk, types);
        var nightShare = Night(risk);
        var cases = new List<(double, int, bool, bool)>(4 * Codes.ClaimType.Count);
        for (var type = 0; type < types.Length; type++)
        {
            foreach (var injury in (ReadOnlySpan<bool>)[false, true])
            {
                var share = types[type] * (injury ? Injury(type) : 1 - Injury(type));
                if (share == 0)
                    continue;
                cases.Add((share * (1 - nightShare), type, injury, false));
                cases.Add((share * nightShare, type, injury, true));
            }
        }
        return cases;
    }
}

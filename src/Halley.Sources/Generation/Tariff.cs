using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>
/// The insurer's present tariff, EUR a year: bands and main effects only, as tariffs were made before models. The price that
/// policies pay and that the price test moves.
/// </summary>
public static class Tariff
{
    const double Base = 235;

    static readonly double[] region = [1.00, 1.12, 1.00, 1.00, 0.95, 0.95, 0.95, 1.05, 1.08, 1.00];
    static readonly double[] usage = [1.15, 1.05, 1.35, 1.00];
    static readonly double[] cover = [1.35, 1.00, 0.85];
    static readonly double[] area = [0.85, 0.90, 0.97, 1.05, 1.15, 1.22];

    public static double Premium(in Risk risk) =>
        Math.Round(
            Base
                * Age(risk.DriverAge)
                * (risk.BonusMalus / 75)
                * Power(risk.VehiclePower)
                * Pow(risk.VehicleValue / 9_000, risk.Cover == Codes.Cover.Comprehensive ? 0.22 : 0.08)
                * region[risk.Region]
                * area[risk.Area]
                * usage[risk.Usage]
                * cover[risk.Cover]
                * (
                    risk.AnnualMileage > 20_000 ? 1.2
                    : risk.AnnualMileage < 8_000 ? 0.9
                    : 1
                )
                * (1 + 0.1 * Math.Min(risk.PriorClaims, 3))
                * (1 - 0.00015 * risk.Deductible),
            2
        );

    static double Age(double years) =>
        years switch
        {
            < 21 => 1.55,
            < 25 => 1.32,
            < 30 => 1.12,
            < 70 => 1.00,
            _ => 1.12,
        };

    static double Power(double kilowatts) =>
        kilowatts switch
        {
            < 60 => 0.95,
            < 100 => 1.00,
            < 150 => 1.10,
            _ => 1.25,
        };
}

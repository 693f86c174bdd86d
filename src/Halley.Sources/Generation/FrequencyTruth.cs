using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>Claims a year that a risk truly expects, at the level of the portfolio's first day.</summary>
/// <remarks>
/// Log-linear with curves (age, mileage, new cars), and products that main effects miss: young × power, young × bonus,
/// mileage × density, old × density, delivery × density, street × density, electric × new.
/// </remarks>
static class FrequencyTruth
{
    const double Base = -2.66;

    /// <summary>No risk expects more claims a year.</summary>
    const double Most = 1.5;

    static readonly double[] region = [0.02, 0.12, -0.03, 0.01, -0.12, -0.06, -0.10, 0.05, 0.10, 0.00];
    static readonly double[] brand = [0.00, 0.06, -0.05, 0.12, -0.08, 0.03, -0.02, 0.09, 0.16, -0.10, 0.01];
    static readonly double[] fuel = [0.06, -0.02, -0.04, 0.00];
    static readonly double[] usage = [0.14, 0.06, 0.32, 0.00];
    static readonly double[] parking = [0.00, -0.05, 0.05];
    static readonly double[] cover = [0.00, -0.14, -0.42];
    static readonly double[] channel = [-0.04, 0.00, 0.07, 0.03, 0.00];
    static readonly double[] payment = [-0.05, 0.08, 0.02];

    public static double Of(in Risk risk) =>
        Math.Min(
            Most,
            Exp(Base + Driver(risk) + Vehicle(risk) + Place(risk) + Contract(risk) + fuel[risk.Fuel] + usage[risk.Usage])
        );

    /// <summary>1 at 18 years, falling by a factor e every 6 years.</summary>
    public static double Youth(double driverAge) => Exp(-(driverAge - 18) / 6);

    static double Driver(in Risk risk)
    {
        var youth = Youth(risk.DriverAge);
        // A young driver's low bonus is mostly the parents': it says a third as much.
        var bonus = 0.95 * Log(risk.BonusMalus / 60) * (1 - 0.65 * youth);
        var power = 1.2 * youth * Math.Clamp((risk.VehiclePower - 75) / 50, -0.6, 1.4);
        return 0.55 * youth
            + 0.20 * Old(risk)
            + 0.30 * Exp(-risk.LicenceYears / 2)
            + bonus
            + power
            + 0.16 * Math.Min(risk.PriorClaims, 3);
    }

    /// <summary>0 up to 64 years, 1 at 74, 2.8 at 84.</summary>
    static double Old(in Risk risk)
    {
        var decades = Math.Max(0, risk.DriverAge - 64) / 10;
        return decades * Math.Sqrt(decades);
    }

    static double Vehicle(in Risk risk)
    {
        var isNew = Exp(-risk.VehicleAge / 1.5);
        var electric = risk.Fuel == Codes.Fuel.Electric ? 0.45 * isNew : 0;
        return brand[risk.Brand]
            + 0.0022 * (risk.VehiclePower - 85)
            + 0.12 * isNew
            - 0.016 * Math.Min(risk.VehicleAge, 20)
            + electric;
    }

    static double Place(in Risk risk)
    {
        var density = Log(risk.Density / 400);
        var urban = Math.Clamp(density, 0, 3);
        var street = risk.Parking == Codes.Parking.Street ? 0.14 * urban : 0;
        var delivery = risk.Usage == Codes.Usage.Delivery ? 0.20 * urban : 0;
        // Who drives far in the country meets few others; in town every kilometre counts.
        var mileage = (0.45 + 0.12 * Math.Clamp(density, -3, 3)) * Log(Math.Min(risk.AnnualMileage, 35_000) / 12_000);
        return region[risk.Region]
            + 0.085 * density
            + parking[risk.Parking]
            + street
            + delivery
            + mileage
            + 0.10 * Old(risk) * urban;
    }

    static double Contract(in Risk risk) =>
        cover[risk.Cover]
        + channel[risk.Channel]
        + payment[risk.Payment]
        - 0.00025 * Math.Min(risk.Deductible, 1_000)
        - 0.02 * Math.Min(risk.TenureYears, 8);
}

using Halley.Kernels;
using static Halley.Kernels.VectorMath;

namespace Halley.Sources.Generation;

/// <summary>Draws drivers, cars and covers with the margins and correlations of a motor book.</summary>
static class RiskSampler
{
    const double DaysAYear = 365.25;

    static readonly Shares region = new(0.10, 0.18, 0.08, 0.11, 0.03, 0.07, 0.05, 0.14, 0.15, 0.09);
    static readonly double[] regionDensity = [5.3, 7.4, 4.6, 5.2, 5.0, 4.9, 4.0, 5.8, 5.9, 5.1];
    static readonly Shares channelYoung = new(0.15, 0.15, 0.35, 0.27, 0.08);
    static readonly Shares channelMiddle = new(0.28, 0.25, 0.22, 0.18, 0.07);
    static readonly Shares channelOld = new(0.42, 0.27, 0.10, 0.09, 0.12);
    static readonly Shares brand = new(0.13, 0.10, 0.11, 0.05, 0.12, 0.10, 0.09, 0.08, 0.06, 0.05, 0.11);
    static readonly double[] brandPower = [4.35, 4.50, 4.30, 4.85, 4.20, 4.45, 4.25, 4.60, 4.95, 4.75, 4.40];
    static readonly double[] brandPrice = [1.00, 1.05, 0.92, 1.20, 0.90, 1.02, 0.88, 1.08, 1.35, 1.15, 0.97];
    static readonly double[] fuelPrice = [1.05, 1.25, 1.12, 1.00];
    static readonly Shares usageWorking = new(0.13, 0.40, 0.03, 0.44);
    static readonly Shares usageRetired = new(0.03, 0.04, 0.00, 0.93);
    static readonly double[] usageMileage = [21_000, 14_000, 30_000, 9_000];
    static readonly Shares deductible = new(0.10, 0.30, 0.35, 0.20, 0.05);
    static readonly double[] deductibles = [0, 150, 300, 500, 1_000];

    /// <param name="customer">Draws what belongs to the person.</param>
    /// <param name="contract">Draws what belongs to car and cover.</param>
    /// <param name="personDay">The day as of which the driver's age is drawn.</param>
    /// <param name="tenureYears">Years for which the driver has had a contract by then, and so been 18.</param>
    /// <param name="carDay">The day as of which the car's age is drawn.</param>
    public static Profile Draw(
        ref DeterministicRandom customer,
        ref DeterministicRandom contract,
        int personDay,
        int tenureYears,
        int carDay
    )
    {
        var person = Person(ref customer, personDay, tenureYears, out var age, out var birthDay, out var licenceDay);
        var profile = Car(ref contract, person, age, carDay);
        return profile with { BirthDay = birthDay, LicenceDay = licenceDay };
    }

    /// <summary>Bonus-malus and recent claims of someone with so many years of licence.</summary>
    /// <remarks>As in France: 5 % less for each year without claims, 25 % more for each claim, from 100, never below 50.</remarks>
    public static (double BonusMalus, double PriorClaims) Past(
        ref DeterministicRandom random,
        double licenceYears,
        double driverAge
    )
    {
        var claims = licenceYears < 1 ? 0 : random.NextPoisson(0.35 + 0.4 * FrequencyTruth.Youth(driverAge));
        var bonus = Math.Floor(100 * Pow(0.95, Math.Min(licenceYears, 14)) * Pow(1.25, claims));
        var recent = claims > 0 ? 1 + random.NextPoisson(0.2) : random.NextPoisson(0.08);
        return (Math.Clamp(bonus, 50, 200), licenceYears < 1 ? 0 : Math.Min(recent, 5));
    }

    static Risk Person(
        ref DeterministicRandom random,
        int day,
        int tenureYears,
        out double age,
        out DateOnly birthDay,
        out DateOnly licenceDay
    )
    {
        var isYoung = random.NextDouble() < 0.08;
        age = isYoung ? 18 + 7 * random.NextDouble() : Math.Clamp(47 + 15.5 * random.NextNormal(), 19, 92);
        age = Math.Max(age, 18 + tenureYears);
        var licenceAge = Math.Min(18 + Math.Min(2.4 * random.NextExponential(), 25), age - tenureYears);
        var place = region.Pick(random.NextDouble());
        var density = Math.Clamp(Math.Round(Exp(regionDensity[place] + 1.3 * random.NextNormal())), 3, 27_000);
        var area = AreaOf(density);
        var (street, garage) = (0.08 + 0.07 * area, 0.46 - 0.04 * area);
        var where = random.NextDouble();
        var channels =
            age < 35 ? channelYoung
            : age < 60 ? channelMiddle
            : channelOld;
        (birthDay, licenceDay) = (YearsBefore(day, age), YearsBefore(day, age - licenceAge));
        return new()
        {
            Region = place,
            Density = density,
            Area = area,
            Parking =
                where < street ? Codes.Parking.Street
                : where < street + garage ? Codes.Parking.Garage
                : Codes.Parking.Driveway,
            Channel = channels.Pick(random.NextDouble()),
        };
    }

    static Profile Car(ref DeterministicRandom random, in Risk person, double age, int day)
    {
        var youth = FrequencyTruth.Youth(age);
        var make = brand.Pick(random.NextDouble());
        var power = Math.Clamp(Math.Round(Exp(brandPower[make] + 0.22 * random.NextNormal() - 0.15 * youth)), 33, 350);
        var isRecent = random.NextDouble() < 0.25 - 0.15 * youth;
        var vehicleAge = Math.Min(random.NextExponential() * (isRecent ? 1.5 : 8.5), 25);
        var fuel = Fuel(random.NextDouble(), vehicleAge);
        var usage = (age < 65 ? usageWorking : usageRetired).Pick(random.NextDouble());
        var mileage = 500 * Math.Round(usageMileage[usage] * Exp(0.4 * random.NextNormal() - (age > 70 ? 0.25 : 0)) / 500);
        var cover = Cover(random.NextDouble(), vehicleAge);
        var chosen = deductibles[deductible.Pick(random.NextDouble())];
        var paid = random.NextDouble();
        var price = 17_500 * Pow(power / 85, 0.95) * brandPrice[make] * fuelPrice[fuel] * Exp(0.12 * random.NextNormal());
        return new()
        {
            BirthDay = default,
            LicenceDay = default,
            RegistrationDay = YearsBefore(day, vehicleAge),
            ValueWhenNew = price,
            Fixed = person with
            {
                Brand = make,
                VehiclePower = power,
                Fuel = fuel,
                Usage = usage,
                AnnualMileage = Math.Clamp(mileage, 1_000, 80_000),
                Cover = cover,
                Deductible = cover == Codes.Cover.ThirdParty ? 0 : chosen,
                Payment =
                    paid < 0.22 + 0.3 * youth ? 1
                    : paid < 0.42 + 0.3 * youth ? 2
                    : 0,
            },
        };
    }

    static int Fuel(double uniform, double vehicleAge)
    {
        var electric = 0.16 * Exp(-vehicleAge / 4);
        var hybrid = electric + 0.20 * Exp(-vehicleAge / 5);
        var diesel = hybrid + 0.22 + 0.02 * Math.Min(vehicleAge, 10);
        return uniform < electric ? Codes.Fuel.Electric
            : uniform < hybrid ? Codes.Fuel.Hybrid
            : uniform < diesel ? Codes.Fuel.Diesel
            : Codes.Fuel.Petrol;
    }

    static int Cover(double uniform, double vehicleAge)
    {
        var comprehensive = Math.Clamp(0.92 - 0.055 * vehicleAge, 0.10, 0.90);
        return uniform < comprehensive ? Codes.Cover.Comprehensive
            : uniform < comprehensive + 0.55 * (1 - comprehensive) ? Codes.Cover.Partial
            : Codes.Cover.ThirdParty;
    }

    /// <summary>The day on which so many years have passed, rounded so that no less have.</summary>
    static DateOnly YearsBefore(int day, double years) => DateOnly.FromDayNumber(day - (int)Math.Ceiling(years * DaysAYear));

    static int AreaOf(double density) =>
        density switch
        {
            < 50 => 0,
            < 150 => 1,
            < 500 => 2,
            < 1_500 => 3,
            < 5_000 => 4,
            _ => 5,
        };
}

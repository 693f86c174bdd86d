namespace Halley.Sources.Generation;

/// <summary>Fields of a risk, the same in policies, claims and quotes.</summary>
static class RiskFields
{
    public static RecordLayout<Risk> Layout { get; } =
        new(
            Number("driver_age", "years", 18, 110, (in Risk risk) => risk.DriverAge),
            Number("licence_years", "years", 0, 92, (in Risk risk) => risk.LicenceYears),
            Category("region", MotorLevels.Region, (in Risk risk) => risk.Region),
            Category("area", MotorLevels.Area, (in Risk risk) => risk.Area),
            Number("density", "inhabitants/km²", 1, 40_000, (in Risk risk) => risk.Density),
            Category("vehicle_brand", MotorLevels.Brand, (in Risk risk) => risk.Brand),
            Category("vehicle_fuel", MotorLevels.Fuel, (in Risk risk) => risk.Fuel),
            Number("vehicle_age", "years", 0, 40, (in Risk risk) => risk.VehicleAge),
            Number("vehicle_power", "kW", 20, 500, (in Risk risk) => risk.VehiclePower),
            Number("vehicle_value", "EUR", 500, 500_000, (in Risk risk) => risk.VehicleValue),
            Number("annual_mileage", "km", 500, 100_000, (in Risk risk) => risk.AnnualMileage),
            Category("usage", MotorLevels.Usage, (in Risk risk) => risk.Usage),
            Category("parking", MotorLevels.Parking, (in Risk risk) => risk.Parking),
            Category("cover", MotorLevels.Cover, (in Risk risk) => risk.Cover),
            Number("deductible", "EUR", 0, 2_000, (in Risk risk) => risk.Deductible),
            Number("bonus_malus", null, 50, 350, (in Risk risk) => risk.BonusMalus),
            Number("prior_claims", "claims in 3 years", 0, 20, (in Risk risk) => risk.PriorClaims),
            Number("tenure_years", "years", 0, 80, (in Risk risk) => risk.TenureYears),
            Category("channel", MotorLevels.Channel, (in Risk risk) => risk.Channel),
            Category("payment", MotorLevels.Payment, (in Risk risk) => risk.Payment)
        );

    static RecordColumn<Risk> Number(string name, string? unit, double minimum, double maximum, SlotOf<Risk> slot) =>
        new(GeneratedField.Whole(name, unit, minimum, maximum), slot);

    static RecordColumn<Risk> Category(string name, LevelList levels, SlotOf<Risk> slot) =>
        new(GeneratedField.Category(name, levels), slot);
}

namespace Halley.Bench.Server;

/// <summary>The inputs of motor-quote, each of its own type.</summary>
sealed record QuoteInputs(
    string QuoteId,
    double DriverAge,
    double LicenceYears,
    string Region,
    string Area,
    double Density,
    string VehicleBrand,
    string VehicleFuel,
    double VehicleAge,
    double VehiclePower,
    double VehicleValue,
    double AnnualMileage,
    string Usage,
    string Parking,
    string Cover,
    double Deductible,
    double BonusMalus,
    double PriorClaims,
    double TenureYears,
    string Channel,
    string Payment,
    bool Weekend
);

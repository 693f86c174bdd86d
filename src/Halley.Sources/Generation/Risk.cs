namespace Halley.Sources.Generation;

/// <summary>What is known about a driver, a car and a cover when a price is asked for. Categories are codes into <see cref="MotorLevels"/>.</summary>
public readonly record struct Risk
{
    /// <summary>Whole years.</summary>
    public double DriverAge { get; init; }

    /// <summary>Whole years since the licence.</summary>
    public double LicenceYears { get; init; }

    /// <summary>Whole years.</summary>
    public double VehicleAge { get; init; }

    /// <summary>kW.</summary>
    public double VehiclePower { get; init; }

    /// <summary>Present value, EUR.</summary>
    public double VehicleValue { get; init; }

    /// <summary>Inhabitants/km² of the town.</summary>
    public double Density { get; init; }

    /// <summary>km a year.</summary>
    public double AnnualMileage { get; init; }

    /// <summary>50 best, 100 start, up to 200.</summary>
    public double BonusMalus { get; init; }

    /// <summary>Claims in the three years before.</summary>
    public double PriorClaims { get; init; }

    /// <summary>Whole years with the insurer; 0 for a new customer.</summary>
    public double TenureYears { get; init; }

    /// <summary>EUR.</summary>
    public double Deductible { get; init; }

    public int Region { get; init; }

    public int Area { get; init; }

    public int Brand { get; init; }

    public int Fuel { get; init; }

    public int Usage { get; init; }

    public int Parking { get; init; }

    public int Cover { get; init; }

    public int Channel { get; init; }

    public int Payment { get; init; }
}

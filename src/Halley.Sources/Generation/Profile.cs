using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>A driver with a car and a cover: what stays, and the days from which ages count.</summary>
readonly record struct Profile
{
    /// <summary>Everything that time does not change.</summary>
    public required Risk Fixed { get; init; }

    public required DateOnly BirthDay { get; init; }

    public required DateOnly LicenceDay { get; init; }

    public required DateOnly RegistrationDay { get; init; }

    /// <summary>EUR.</summary>
    public required double ValueWhenNew { get; init; }

    /// <summary>The risk as it is on a day.</summary>
    public Risk At(int day, int tenureYears, double bonusMalus, double priorClaims)
    {
        var date = DateOnly.FromDayNumber(day);
        var vehicleAge = WholeYears(RegistrationDay, date);
        return Fixed with
        {
            DriverAge = WholeYears(BirthDay, date),
            LicenceYears = WholeYears(LicenceDay, date),
            VehicleAge = vehicleAge,
            // 13 % a year, and no car that drives is worth less than 500.
            VehicleValue = Math.Max(500, 100 * Math.Round(ValueWhenNew * VectorMath.Exp(-0.139 * vehicleAge) / 100)),
            TenureYears = tenureYears,
            BonusMalus = bonusMalus,
            PriorClaims = priorClaims,
        };
    }

    /// <summary>Anniversaries of a day up to another, 0 where it is not past.</summary>
    static int WholeYears(DateOnly from, DateOnly to)
    {
        var isBefore = (to.Month, to.Day).CompareTo((from.Month, from.Day)) < 0;
        return Math.Max(0, to.Year - from.Year - (isBefore ? 1 : 0));
    }
}

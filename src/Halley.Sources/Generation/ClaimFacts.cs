namespace Halley.Sources.Generation;

/// <summary>What is known of a claim on the day it is reported. Categories are codes into <see cref="MotorLevels"/>.</summary>
public readonly record struct ClaimFacts
{
    /// <summary>The risk as the policy's period began.</summary>
    public required Risk Risk { get; init; }

    public int Type { get; init; }

    public int TimeOfDay { get; init; }

    public int Weekday { get; init; }

    /// <summary>Days from the event to its report.</summary>
    public double DaysToReport { get; init; }

    /// <summary>Days from the contract's start to the event.</summary>
    public double DaysSinceInception { get; init; }

    /// <summary>EUR, as the claimant says.</summary>
    public double ClaimedAmount { get; init; }

    /// <summary>0 to 3.</summary>
    public double Witnesses { get; init; }

    public bool Injury { get; init; }

    public bool PoliceReport { get; init; }

    public bool ThirdParty { get; init; }

    public bool Lawyer { get; init; }

    /// <summary>Cover or address was changed in the 60 days before the event.</summary>
    public bool RecentChange { get; init; }

    public bool Photos { get; init; }

    public int Repair { get; init; }

    /// <summary>Claimed amount against the vehicle's value.</summary>
    public double ClaimToValue => ClaimedAmount / Risk.VehicleValue;
}

namespace Halley.Decisions;

/// <summary>The net saving from which a lane is open, and what that means for a week.</summary>
/// <param name="Lane">Name of the lane.</param>
/// <param name="Threshold">Net saving from which the lane is open, at least 0: what one record more would save.</param>
/// <param name="Records">Usual records that it was found on.</param>
/// <param name="Taken">How many of them go the lane's way at this threshold.</param>
/// <param name="Fixed">Of those: how many by rules and random checks, whatever the threshold.</param>
/// <param name="Worth">How many a lane without limit would take.</param>
/// <param name="PerWeek">Records expected a week on the lane's way.</param>
/// <param name="Capacity">Records that the people finish in a week.</param>
/// <param name="Within">Chance that a week's records stay within capacity, the uncertainty of the share included.</param>
public sealed record LaneThreshold(
    string Lane,
    double Threshold,
    int Records,
    int Taken,
    int Fixed,
    int Worth,
    double PerWeek,
    int Capacity,
    double Within
);

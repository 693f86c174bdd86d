namespace Halley.Bench;

/// <summary>A book that a release's monitor watches for four years; sick from a month on, or healthy.</summary>
/// <param name="Customers">Customers who first come in the four years.</param>
/// <param name="Renewals">Chance that a customer comes again a year later.</param>
/// <param name="Season">Swing of the mix over the year, in standard deviations of the first risk factor.</param>
/// <param name="SeveritySigma">Sigma of a log-normal severity; 0 for an exponential one.</param>
/// <param name="ClaimsUp">How much dearer claims become from the month on, as a share.</param>
/// <param name="SegmentUp">The same for one channel alone.</param>
/// <param name="OrderOff">How much the first risk factor's effect changes from the month on.</param>
/// <param name="MixShift">How far the mix moves from the month on, in standard deviations of the first risk factor.</param>
/// <param name="FromMonth">The month, from 0.</param>
sealed record MonitorScenario(
    string Name,
    string Words,
    int Customers,
    double Renewals,
    double Season,
    double SeveritySigma,
    double ClaimsUp,
    double SegmentUp,
    double OrderOff,
    double MixShift,
    int FromMonth
)
{
    public const int Months = 48;

    /// <summary>Whether nothing ever changes, so that every alarm is false.</summary>
    public bool IsHealthy => ClaimsUp == 0 && SegmentUp == 0 && OrderOff == 0 && MixShift == 0;
}

namespace Halley.Decisions;

/// <summary>Who works on a lane's records, and how many records a week brings.</summary>
public sealed record StaffedLane
{
    /// <summary>Name of the lane.</summary>
    public required string Lane { get; init; }

    /// <summary>Records expected in a week, above 0.</summary>
    public required double PerWeek { get; init; }

    /// <summary>Size θ of the weekly number, whose variance is μ + μ²/θ, above 0; infinite for Poisson's, the default.</summary>
    public double Size { get; init; } = double.PositiveInfinity;

    /// <summary>People, above 0.</summary>
    public required double Staff { get; init; }

    /// <summary>Hours a week that a person has for this work, absence taken off. Above 0.</summary>
    public required double HoursPerWeek { get; init; }

    /// <summary>Hours that a record takes, above 0.</summary>
    public required double HoursPerRecord { get; init; }

    /// <summary>Share of weeks in which the lane's records are to stay within capacity. Between 0 and 1. Default 0.95.</summary>
    public double Within { get; init; } = 0.95;

    /// <summary>Records that the people finish in a week.</summary>
    public int Capacity => (int)Math.Min(int.MaxValue, Math.Floor(Staff * HoursPerWeek / HoursPerRecord + 1e-9));

    /// <exception cref="HalleyException">HLY4016: a number is out of its range.</exception>
    internal void Check()
    {
        Require(PerWeek > 0 && double.IsFinite(PerWeek), "records a week", PerWeek, "above 0");
        Require(Size > 0, "the size of the weekly number", Size, "above 0");
        Require(Staff > 0 && double.IsFinite(Staff), "staff", Staff, "above 0");
        Require(HoursPerWeek > 0 && double.IsFinite(HoursPerWeek), "hours a week", HoursPerWeek, "above 0");
        Require(HoursPerRecord > 0 && double.IsFinite(HoursPerRecord), "hours a record", HoursPerRecord, "above 0");
        Require(Within is > 0 and < 1, "the share of weeks within capacity", Within, "between 0 and 1, for example 0.95");
    }

    static void Require(bool holds, string what, double value, string range)
    {
        if (!holds)
            throw new HalleyException(
                DecisionCodes.Staffing,
                FormattableString.Invariant($"{what} is {value}; give a number {range}.")
            );
    }
}

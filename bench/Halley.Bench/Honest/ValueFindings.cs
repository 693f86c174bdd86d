namespace Halley.Bench;

/// <summary>What was found in one world of quotes.</summary>
/// <param name="PerUnit">The true difference a unit over the window.</param>
/// <param name="PerRequest">The true difference a request of the champion.</param>
sealed record ValueFindings(ValueScenario Scenario, double PerUnit, double PerRequest)
{
    /// <summary>Whether both releases answer alike.</summary>
    public bool IsSame => Scenario is { Change: 0, KnowsSecond: false };

    public int Runs { get; set; }

    public GradeFindings Arms { get; } = new();

    public GradeFindings Pairs { get; } = new();

    public GradeFindings BeforeAfter { get; } = new();

    public void Add(ValueFindings other)
    {
        Runs += other.Runs;
        Arms.Add(other.Arms);
        Pairs.Add(other.Pairs);
        BeforeAfter.Add(other.BeforeAfter);
    }
}

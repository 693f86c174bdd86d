using Halley.Registry;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>How often figures of one grade were right in one world.</summary>
sealed class GradeFindings
{
    public int Looks { get; private set; }

    /// <summary>Intervals for one look that held the truth.</summary>
    public int Held { get; private set; }

    public int Paths { get; private set; }

    /// <summary>Experiments in which every look's interval held the truth.</summary>
    public int AlwaysHeld { get; private set; }

    /// <summary>Experiments in which any look's verdict was wrong.</summary>
    public int Wrong { get; private set; }

    /// <summary>Experiments with a verdict at the end.</summary>
    public int Decided { get; private set; }

    public double Coverage => (double)Held / Looks;

    public double AnytimeCoverage => (double)AlwaysHeld / Paths;

    public double WrongShare => (double)Wrong / Paths;

    public double DecidedShare => (double)Decided / Paths;

    public void Look(Estimate estimate, double truth)
    {
        Looks++;
        Held += estimate.Contains(truth) ? 1 : 0;
    }

    public void Path(LookPath path)
    {
        if (path.Looks == 0)
            throw new InvalidOperationException("an experiment had no look at all: it says nothing.");
        Paths++;
        AlwaysHeld += path.Missed ? 0 : 1;
        Wrong += path.Wrong ? 1 : 0;
        Decided += path.Last == Verdict.Undecided ? 0 : 1;
    }

    public void Add(GradeFindings other)
    {
        Looks += other.Looks;
        Held += other.Held;
        Paths += other.Paths;
        AlwaysHeld += other.AlwaysHeld;
        Wrong += other.Wrong;
        Decided += other.Decided;
    }
}

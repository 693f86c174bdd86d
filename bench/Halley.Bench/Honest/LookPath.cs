using Halley.Registry;

namespace Halley.Bench;

/// <summary>One experiment looked at again and again.</summary>
sealed class LookPath(ExperimentTally tally)
{
    /// <summary>Whether any look's interval missed what was true then.</summary>
    public bool Missed { get; private set; }

    /// <summary>Whether any look's verdict was wrong.</summary>
    public bool Wrong { get; private set; }

    /// <summary>The verdict of the last look.</summary>
    public Verdict Last { get; private set; }

    /// <summary>Looks that had an interval.</summary>
    public int Looks { get; private set; }

    public void Look(double truth, double matters)
    {
        var difference = tally.Read();
        Last = tally.VerdictOf(difference);
        if (double.IsNaN(difference.Estimate.Lower))
            return;
        Looks++;
        Missed |= !difference.Estimate.Contains(truth);
        Wrong |= Last switch
        {
            Verdict.Better => truth <= 0,
            Verdict.Worse => truth >= 0,
            Verdict.NoDifference => Math.Abs(truth) > matters,
            _ => false,
        };
    }
}

using Halley.Statistics;

namespace Halley.Bench;

/// <summary>What was found in one world of claims.</summary>
/// <param name="Truth">Share of fraud among all claims.</param>
sealed record FraudFindings(FraudScenario Scenario, double Truth)
{
    public int Runs { get; private set; }

    int held;
    double share;
    double unweighted;
    double refit;
    double naive;
    double refitSquares;

    /// <summary>Share of runs whose interval of the weighted share held the truth.</summary>
    public double Coverage => (double)held / Runs;

    /// <summary>Mean of the weighted share over the truth, less 1.</summary>
    public double ShareBias => share / Runs / Truth - 1;

    /// <summary>The same of the checked alone.</summary>
    public double UnweightedBias => unweighted / Runs / Truth - 1;

    /// <summary>Mean over runs of the refitted model's mean over all claims, over the truth, less 1.</summary>
    public double RefitBias => refit / Runs / Truth - 1;

    /// <summary>The same of a model refitted without the logged chances.</summary>
    public double NaiveBias => naive / Runs / Truth - 1;

    /// <summary>Standard error of <see cref="RefitBias"/>.</summary>
    public double RefitError
    {
        get
        {
            var mean = refit / Runs;
            return Math.Sqrt((refitSquares / Runs - mean * mean) / Runs) / Truth;
        }
    }

    public void Count(Estimate weighted, double checkedAlone, double refitted, double naivelyRefitted)
    {
        Runs++;
        held += weighted.Contains(Truth) ? 1 : 0;
        share += weighted.Value;
        unweighted += checkedAlone;
        refit += refitted;
        refitSquares += refitted * refitted;
        naive += naivelyRefitted;
    }

    public void Add(FraudFindings other)
    {
        Runs += other.Runs;
        held += other.held;
        share += other.share;
        unweighted += other.unweighted;
        refit += other.refit;
        refitSquares += other.refitSquares;
        naive += other.naive;
    }
}

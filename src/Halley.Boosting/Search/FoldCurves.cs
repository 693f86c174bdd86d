namespace Halley.Boosting;

/// <summary>Held-out deviances by round of the folds that a trial has fitted.</summary>
sealed class FoldCurves
{
    readonly List<(double Weight, double[] Curve)> folds = [];

    internal int Count => folds.Count;

    internal void Add(double weight, double[] curve) => folds.Add((weight, curve));

    /// <summary>The smallest deviance of a fold, at rounds of its own.</summary>
    internal double BestOf(int fold) => folds[fold].Curve.Min();

    /// <summary>What the fold's start score leaves, less what its best round leaves.</summary>
    internal double GainOf(int fold) => folds[fold].Curve[0] - BestOf(fold);

    /// <summary>The rounds that are best for all folds together; a fold that stopped earlier counts as it stopped.</summary>
    internal (int Rounds, double Deviance) Together()
    {
        var longest = folds.Max(fold => fold.Curve.Length);
        var total = folds.Sum(fold => fold.Weight);
        var best = (Rounds: 0, Deviance: double.PositiveInfinity);
        for (var round = 0; round < longest; round++)
        {
            var mean = 0.0;
            foreach (var (weight, curve) in folds)
                mean += weight * curve[Math.Min(round, curve.Length - 1)];
            mean /= total;
            if (mean < best.Deviance)
                best = (round, mean);
        }
        return best;
    }

    /// <summary>Whether what is known so far leaves no hope against the best trial: folds are compared with the same folds.</summary>
    /// <remarks>Racing: Maron and Moore (1994), NIPS 6, 59–66; here with Student's paired differences, two standard errors.</remarks>
    internal bool IsHopelessAgainst(FoldCurves best)
    {
        var differences = Enumerable.Range(0, Count).Select(fold => BestOf(fold) - best.BestOf(fold)).ToArray();
        var mean = differences.Average();
        if (mean <= 0)
            return false;
        // One fold has no standard error: what is a twentieth of the gain behind is not caught up with.
        if (Count == 1)
            return mean > 0.05 * best.GainOf(0);
        var variance = differences.Sum(one => (one - mean) * (one - mean)) / (Count - 1);
        return mean > 2 * Math.Sqrt(variance / Count);
    }
}

namespace Halley.Statistics;

/// <summary>A share of successes that may be looked at after every trial: exact, for any number of trials and any share.</summary>
/// <remarks>
/// For trials that succeed with probability p, whatever came before, M(p) = B(a + x, b + n − x) / (B(a, b)·p^x·(1 − p)^(n−x)) is a
/// martingale of mean 1, with x successes of n. By Ville's inequality it ever reaches 1/α with probability at most α; the shares p with
/// M(p) below 1/α are an interval that holds the true share at all times with probability 1 − α. The prior Beta(a, b) decides where
/// evidence grows fastest, and never the guarantee. Sources: Ville (1939); Robbins (1970), Ann. Math. Statist. 41, 1397–1409; Lindon and
/// Malek (2022), Anytime-valid inference for multinomial count data, NeurIPS 35.
/// </remarks>
public static class ShareSequence
{
    const int Bisections = 60;

    /// <summary>ln M(p): the evidence against the share p; above ln(1/α) it is refuted at level 1 − α. Infinite where p cannot be.</summary>
    public static double LogEvidence(double successes, double trials, double share, double a = 0.5, double b = 0.5)
    {
        Check(successes, trials);
        return LogBeta(a + successes, b + trials - successes)
            - LogBeta(a, b)
            - Power(successes, share)
            - Power(trials - successes, 1 - share);
    }

    /// <summary>The smallest share that is not refuted.</summary>
    public static double Lower(double successes, double trials, double level = 0.95)
    {
        Check(successes, trials);
        return successes == 0 ? 0 : Bound(successes, trials, level, isUpper: false);
    }

    /// <summary>The largest share that is not refuted.</summary>
    public static double Upper(double successes, double trials, double level = 0.95)
    {
        Check(successes, trials);
        return successes == trials ? 1 : Bound(successes, trials, level, isUpper: true);
    }

    static double Bound(double successes, double trials, double level, bool isUpper)
    {
        // M falls towards the observed share and rises beyond it: one sign change on each side.
        var limit = -Math.Log(1 - level);
        var (inside, outside) = (successes / trials, isUpper ? 1.0 : 0.0);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = 0.5 * (inside + outside);
            if (LogEvidence(successes, trials, middle) < limit)
                inside = middle;
            else
                outside = middle;
        }
        return outside;
    }

    static void Check(double successes, double trials)
    {
        if (!(trials >= 0 && successes >= 0 && successes <= trials))
            throw new ArgumentOutOfRangeException(
                nameof(successes),
                successes,
                "the number of successes must be within 0 and the number of trials."
            );
    }

    /// <summary>count · ln(share), 0 for no count: a share of 0 is impossible only where it happened.</summary>
    static double Power(double count, double share) => count == 0 ? 0 : count * Math.Log(share);

    static double LogBeta(double a, double b) => GammaFunction.Log(a) + GammaFunction.Log(b) - GammaFunction.Log(a + b);
}

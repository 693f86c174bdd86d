namespace Halley.Statistics;

/// <summary>Evidence that two samples of categories come from different shares, which may be looked at after every observation.</summary>
/// <remarks>
/// E = m(x)·m(y) / sup_p Π p_g^(x_g + y_g), with m the likelihood under a symmetric Dirichlet prior of ½ for each category. Whatever
/// the common shares are, the supremum is at least their likelihood, so that E lies below a martingale of mean 1: by Ville's inequality
/// it ever reaches 1/α with probability at most α. Counts may be fractions, as effective numbers of weighted rows are.
/// Sources: Ville (1939); Krichevsky and Trofimov (1981), IEEE Trans. Inf. Theory 27, 199–207; Turner, Ly and Grünwald (2024), Generic
/// e-variables for exact sequential k-sample tests, J. Stat. Plan. Inference 230, 106116.
/// </remarks>
public static class CategorySequence
{
    const double Prior = 0.5;

    /// <summary>ln E; above ln(1/α) the same shares are refuted at level 1 − α.</summary>
    /// <param name="first">Counts by category, at least 0.</param>
    /// <param name="second">The same categories.</param>
    public static double LogEvidence(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException("both samples must have the same categories.", nameof(second));
        var (ofFirst, ofSecond) = (Sum(first), Sum(second));
        var (pooled, total) = (0.0, ofFirst + ofSecond);
        for (var category = 0; category < first.Length; category++)
        {
            var count = first[category] + second[category];
            pooled += count > 0 ? count * Math.Log(count / total) : 0;
        }
        return LogMixture(first, ofFirst) + LogMixture(second, ofSecond) - pooled;
    }

    /// <summary>ln of Π Γ(½ + x_g)/Γ(½) · Γ(G/2)/Γ(G/2 + n).</summary>
    static double LogMixture(ReadOnlySpan<double> counts, double sum)
    {
        var all = Prior * counts.Length;
        var log = GammaFunction.Log(all) - GammaFunction.Log(all + sum);
        foreach (var count in counts)
            log += count > 0 ? GammaFunction.Log(Prior + count) - GammaFunction.Log(Prior) : 0;
        return log;
    }

    static double Sum(ReadOnlySpan<double> counts)
    {
        var sum = 0.0;
        foreach (var count in counts)
        {
            if (!(count >= 0) || double.IsInfinity(count))
                throw new ArgumentOutOfRangeException(nameof(counts), count, "a count must be finite and at least 0.");
            sum += count;
        }
        return sum;
    }
}

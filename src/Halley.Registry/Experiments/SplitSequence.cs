namespace Halley.Registry;

/// <summary>Whether units come to two arms as their shares say, to be looked at as often as one likes.</summary>
/// <remarks>
/// A unit counts once, when it first comes, in the arm that it comes to. For each pair of shares that stood the evidence is that of
/// <see cref="Halley.Statistics.ShareSequence"/>; their product is a martingale too, so that a change of shares begins no new chance of a false alarm.
/// Sources: Lindon and Malek (2022), NeurIPS 35; Fabijan et al. (2019), KDD.
/// </remarks>
sealed class SplitSequence
{
    /// <summary>The weight of the prior in units, around the declared share: mismatches of a few points are found soonest.</summary>
    const double Prior = 200;

    internal const double Alarm = 0.001;

    readonly HashSet<string> seen = new(StringComparer.Ordinal);
    readonly Dictionary<double, (long Mine, long Total)> counts = [];

    /// <param name="share">Chance that a unit of the two arms is in the arm that is judged.</param>
    internal void Add(string unit, bool isMine, double share)
    {
        if (!seen.Add(unit))
            return;
        var (mine, total) = counts.GetValueOrDefault(share);
        // The martingale's next factor: the chance that the prior and the units so far give to what came, over the declared one.
        Evidence += isMine
            ? Math.Log((Prior * share + mine) / ((Prior + total) * share))
            : Math.Log((Prior * (1 - share) + total - mine) / ((Prior + total) * (1 - share)));
        counts[share] = (mine + (isMine ? 1 : 0), total + 1);
        Peak = Math.Max(Peak, Evidence);
    }

    /// <summary>ln of the evidence against the declared shares now.</summary>
    internal double Evidence { get; private set; }

    /// <summary>Largest ln of the evidence so far: what was once found does not go away.</summary>
    internal double Peak { get; private set; }

    internal long Mine => counts.Values.Sum(count => count.Mine);

    internal long Total => counts.Values.Sum(count => count.Total);

    internal double Expected => counts.Sum(pair => pair.Key * pair.Value.Total);

    /// <summary>A p-value that may be looked at at any time.</summary>
    internal double Probability => Math.Min(1, Math.Exp(-Peak));

    internal bool IsSound => Probability >= Alarm;
}

namespace Halley.Registry;

/// <summary>A limit that a canary must keep.</summary>
public sealed record CanaryGuard
{
    public required CanaryMetric Metric { get; init; }

    /// <summary>The most that is allowed: a share, milliseconds, or the change of an average in either direction.</summary>
    public double? Maximum { get; init; }

    /// <summary>How far above the champion's share of the same time it may lie; for shares only.</summary>
    public double? AboveChampion { get; init; }

    /// <summary>Output whose average is watched, or the action that counts as referral. Defaults: <c>premium</c>, <c>refer</c>.</summary>
    public string? Of { get; init; }

    internal IEnumerable<string> Problems()
    {
        var isShare = Metric is not (CanaryMetric.Latency or CanaryMetric.AveragePremium);
        if (Maximum is null && AboveChampion is null)
            yield return $"guard {Name} has no limit";
        if (AboveChampion is not null && (!isShare || Metric == CanaryMetric.UnseenLevels))
            yield return $"guard {Name} cannot be compared with the champion; give it a maximum";
        if (Maximum is { } most && (!(most >= 0) || !double.IsFinite(most) || (isShare && most >= 1)))
            yield return FormattableString.Invariant($"guard {Name} has the maximum {most}");
        if (AboveChampion is { } above && !(above is >= 0 and < 1))
            yield return FormattableString.Invariant($"guard {Name} may lie {above} above the champion, which is no share");
    }

    /// <summary>As canary.yaml calls it.</summary>
    internal string Name =>
        Metric switch
        {
            CanaryMetric.Errors => "errors",
            CanaryMetric.Fallbacks => "fallbacks",
            CanaryMetric.Latency => "latency_p99_ms",
            CanaryMetric.Referrals => "referrals",
            CanaryMetric.AveragePremium => "average_premium",
            _ => "unseen_levels",
        };
}

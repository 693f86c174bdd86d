using Halley.Data;

namespace Halley.Registry;

/// <summary>The rules by which the arms of an environment change. Each gives a new state and leaves the old one as it is.</summary>
static class ArmPlan
{
    /// <summary>Makes a release champion. Where it was challenger or shadow, it leaves that place and its units are the champion's.</summary>
    internal static LiveArms Champion(LiveArms arms, VersionId release) => Withdraw(arms, release) with { Champion = release };

    /// <summary>Asks a release beside the champion.</summary>
    internal static LiveArms Shadow(LiveArms arms, VersionId release) =>
        arms.Shadows.Contains(release) ? arms : arms with { Shadows = [.. arms.Shadows, release] };

    /// <summary>Gives a release its share of the units, or changes that share; every unit that need not move stays.</summary>
    /// <exception cref="HalleyException">HLY5201: no champion; HLY5202: it is the champion; HLY5203: a share that cannot be given.</exception>
    internal static LiveArms Challenge(LiveArms arms, VersionId release, double share)
    {
        if (arms.Champion is null)
            throw ArmErrors.NoChampion(release);
        if (arms.Champion == release)
            throw ArmErrors.IsChampion(release);
        var others = arms.Challengers.Where(arm => arm.Release != release).ToList();
        var left = LiveArms.BucketTotal - others.Sum(arm => arm.BucketCount);
        var wanted = double.IsFinite(share) ? Math.Round(share * LiveArms.BucketTotal) : 0;
        if (wanted < 1 || wanted >= left)
            throw ArmErrors.NoSuchShare(release, share, left);
        var own = arms.Challengers.FirstOrDefault(arm => arm.Release == release)?.Buckets ?? [];
        var taken = others.SelectMany(arm => arm.Buckets);
        var challenger = new ChallengerArm(release, BucketTable.Resize(own, taken, (int)wanted));
        var isNew = own.Count == 0;
        return arms with
        {
            Shadows = [.. arms.Shadows.Where(shadow => shadow != release)],
            // The order of arms is the order in which they came, so that a change of share shows as one changed line.
            Challengers = isNew
                ? [.. arms.Challengers, challenger]
                : [.. arms.Challengers.Select(arm => arm.Release == release ? challenger : arm)],
            // New units for a new experiment: the last one's groups would bring its after-effects along.
            Experiment = arms.Experiment + (arms.Challengers.Count == 0 ? 1 : 0),
        };
    }

    /// <summary>Takes a challenger or shadow out; its units are the champion's again.</summary>
    internal static LiveArms Withdraw(LiveArms arms, VersionId release) =>
        arms with
        {
            Challengers = [.. arms.Challengers.Where(arm => arm.Release != release)],
            Shadows = [.. arms.Shadows.Where(shadow => shadow != release)],
        };
}

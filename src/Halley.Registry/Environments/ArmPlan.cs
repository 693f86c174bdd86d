using Halley.Data;

namespace Halley.Registry;

/// <summary>The rules by which the arms of an environment change. Each gives a new state and leaves the old one as it is.</summary>
static class ArmPlan
{
    /// <summary>Makes a release champion. Where it was challenger, shadow or kept for its schema, it leaves that place.</summary>
    internal static LiveArms Champion(LiveArms arms, VersionId release) =>
        arms with
        {
            Champion = release,
            Challengers = [.. arms.Challengers.Where(arm => arm.Release != release)],
            Shadows = [.. arms.Shadows.Where(shadow => shadow != release)],
            Served = [.. arms.Served.Where(served => served != release)],
        };

    /// <summary>As <see cref="Champion"/>, from today on for every transaction: what the timetable has in force makes room, what begins later stays.</summary>
    /// <param name="keepSchema">Whether the champion before goes on answering requests that name its schema.</param>
    internal static LiveArms Enthrone(LiveArms arms, VersionId release, DateOnly today, bool keepSchema)
    {
        var kept = keepSchema && arms.Champion is { } before ? [before, .. arms.Served.Where(one => one != before)] : arms.Served;
        return Champion(arms with { Timetable = [.. arms.Timetable.Where(entry => entry.From > today)], Served = kept }, release);
    }

    /// <summary>Puts a release into the timetable; one with the same date and transaction makes room.</summary>
    /// <exception cref="HalleyException">HLY5209: there is no champion, who answers all other dates.</exception>
    internal static LiveArms Schedule(LiveArms arms, TimetableEntry entry)
    {
        if (arms.Champion is null)
            throw ArmErrors.NoChampionToFollow(entry.Release);
        return arms with
        {
            Timetable =
            [
                .. arms
                    .Timetable.Where(other => other.From != entry.From || other.Transaction != entry.Transaction)
                    .Append(entry)
                    .OrderBy(one => one.From)
                    .ThenBy(one => one.Transaction),
            ],
        };
    }

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

    /// <summary>Takes a release out of every place but the champion's; its units are the champion's again.</summary>
    internal static LiveArms Withdraw(LiveArms arms, VersionId release) =>
        arms with
        {
            Challengers = [.. arms.Challengers.Where(arm => arm.Release != release)],
            Shadows = [.. arms.Shadows.Where(shadow => shadow != release)],
            Timetable = [.. arms.Timetable.Where(entry => entry.Release != release)],
            Served = [.. arms.Served.Where(served => served != release)],
        };
}

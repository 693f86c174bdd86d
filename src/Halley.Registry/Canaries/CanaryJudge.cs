using System.Globalization;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Holds counts against the guards, at any number of looks.</summary>
/// <remarks>
/// A share breaches its limit where the lower end of its <see cref="ShareSequence"/> lies above it, an average where all of its
/// <see cref="MeanSequence"/> does: so a release that keeps its limits is taken out with at most the plan's risk, however often one looks,
/// and one that fails plainly after a few decisions. The slowest of 100 is within its limit where at most 1 in 100 is slower.
/// </remarks>
static class CanaryJudge
{
    const double SlowShare = 0.01;
    const long LeastForAverage = 50;
    const double PlannedForAverage = 2000;

    /// <param name="errors">Requests that the release could not answer.</param>
    /// <param name="alpha">Chance of a false alarm for each guard.</param>
    /// <returns>Breaches in words; empty where every guard holds.</returns>
    internal static IReadOnlyList<string> Breaches(
        Canary canary,
        CanaryCounts mine,
        CanaryCounts champion,
        (long Count, string? Sample) errors,
        double alpha
    ) => [.. canary.Plan.Guards.Select(guard => Breach(guard, canary, mine, champion, errors, alpha)).OfType<string>()];

    static string? Breach(
        CanaryGuard guard,
        Canary canary,
        CanaryCounts mine,
        CanaryCounts champion,
        (long Count, string? Sample) errors,
        double alpha
    ) =>
        guard.Metric switch
        {
            CanaryMetric.Errors => Share(
                guard,
                $"requests could not be answered by {canary.Release}{(errors.Sample is { } sample ? $" (last: {sample})" : "")}",
                (errors.Count, errors.Count + mine.Decisions),
                (0, champion.Decisions),
                alpha
            ),
            CanaryMetric.Fallbacks => Share(
                guard,
                $"decisions of {canary.Release} were answered by a fallback",
                (mine.Fallbacks, mine.Decisions),
                (champion.Fallbacks, champion.Decisions),
                alpha
            ),
            CanaryMetric.Referrals => Share(
                guard,
                $"decisions of {canary.Release} were referred",
                (mine.Referrals, mine.Decisions),
                (champion.Referrals, champion.Decisions),
                alpha
            ),
            CanaryMetric.UnseenLevels => Share(
                guard,
                $"decisions of {canary.Release} met a level that its models never saw",
                (mine.Unseen, mine.Decisions),
                (0, 0),
                alpha
            ),
            CanaryMetric.Latency => Share(
                guard with
                {
                    Maximum = SlowShare,
                },
                string.Create(CultureInfo.InvariantCulture, $"decisions of {canary.Release} took longer than {guard.Maximum} ms"),
                (mine.Slow, mine.Decisions),
                (0, 0),
                alpha
            ),
            _ => Average(guard, canary, mine.Output, champion.Output, alpha),
        };

    static string? Share(CanaryGuard guard, string what, (long Found, long Of) mine, (long Found, long Of) champion, double alpha)
    {
        if (mine.Found == 0)
            return null;
        var least = ShareSequence.Lower(mine.Found, mine.Of, 1 - alpha / 2);
        var (limit, words) = (1.0, "");
        if (guard.Maximum is { } most)
            (limit, words) = (most, Percent(most));
        // Without decisions of the champion its share is not known, and nothing lies above it.
        if (guard.AboveChampion is { } above && champion.Of > 0)
        {
            var beside = ShareSequence.Upper(champion.Found, champion.Of, 1 - alpha / 2) + above;
            if (beside < limit)
                (limit, words) = (beside, $"{Percent(beside)} (the champion's share and {Percent(above)})");
        }
        return least > limit
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{guard.Name}: {mine.Found:N0} of {mine.Of:N0} {what}, {Percent((double)mine.Found / mine.Of)} and surely more than {Percent(least)}, where at most {words} is allowed"
            )
            : null;
    }

    static string? Average(
        CanaryGuard guard,
        Canary canary,
        (long Count, double Mean, double Squares) mine,
        (long Count, double Mean, double Squares) champion,
        double alpha
    )
    {
        if (mine.Count < LeastForAverage || champion.Count < LeastForAverage || champion.Mean == 0)
            return null;
        var ratio = mine.Mean / champion.Mean;
        var error = Math.Sqrt(Squared(mine) + ratio * ratio * Squared(champion)) / Math.Abs(champion.Mean);
        var change = MeanSequence.Of(ratio - 1, error, mine.Count + champion.Count, PlannedForAverage, 1 - alpha);
        var limit = guard.Maximum!.Value;
        return change.Lower > limit || change.Upper < -limit
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{guard.Name}: {guard.Of ?? "premium"} of {canary.Release} is {mine.Mean:N2} on average over {mine.Count:N0} decisions, {Signed(change.Value)} against the champion's {champion.Mean:N2} of the same time (surely {Signed(change.Lower)} to {Signed(change.Upper)}), where {Percent(limit)} either way is allowed"
            )
            : null;
    }

    /// <summary>Squared standard error of the mean.</summary>
    static double Squared((long Count, double Mean, double Squares) sample) => sample.Squares / (sample.Count - 1) / sample.Count;

    static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    static string Signed(double share) => (100 * share).ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture) + " %";
}

using System.Globalization;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Whether the units of an experiment came to its arms as often as their shares say.</summary>
/// <remarks>
/// A unit counts once, by its first decision of the pair: with the chance p = share of the challenger / (its share + the champion's) it
/// is the challenger's. z = (observed − Σp) / √Σp(1−p) is standard normal where nothing is lost; a hash does not go astray by chance,
/// so that p below 0.001 tells of requests of one arm that are lost, repeated or sent around the split. Source: Fabijan et al. (2019),
/// Diagnosing sample ratio mismatch in online controlled experiments, KDD.
/// </remarks>
static class SampleRatio
{
    const double Alarm = 0.001;

    /// <summary>A sentence for each pair of arms whose units are not split as they should be.</summary>
    internal static IEnumerable<string> Problems(IReadOnlyList<ValuedDecision> decisions)
    {
        var assigned = decisions.Where(decision => decision.IsAssigned).ToList();
        foreach (
            var challenger in assigned
                .Where(decision => decision.Arm == ReleaseRole.Challenger)
                .GroupBy(decision => decision.Release)
                .OrderBy(group => group.Key.Version)
        )
        {
            var shares = challenger
                .GroupBy(decision => decision.Revision)
                .ToDictionary(group => group.Key, group => group.First().Probability);
            var champions = assigned
                .Where(decision => decision.Arm == ReleaseRole.Champion && shares.ContainsKey(decision.Revision))
                .GroupBy(decision => decision.Release)
                .OrderBy(group => group.Key.Version);
            foreach (var champion in champions)
            {
                if (Problem(challenger, champion, shares) is { } problem)
                    yield return problem;
            }
        }
    }

    static string? Problem(
        IGrouping<VersionId, ValuedDecision> challenger,
        IGrouping<VersionId, ValuedDecision> champion,
        Dictionary<long, double> shares
    )
    {
        var others = champion
            .GroupBy(decision => decision.Revision)
            .ToDictionary(group => group.Key, group => group.First().Probability);
        var first = challenger
            .Concat(champion)
            .Where(decision => others.ContainsKey(decision.Revision))
            .GroupBy(decision => decision.Unit)
            .Select(group => group.MinBy(decision => decision.Time)!);
        var (units, observed, expected, variance) = (0L, 0L, 0.0, 0.0);
        foreach (var decision in first)
        {
            var share = shares[decision.Revision] / (shares[decision.Revision] + others[decision.Revision]);
            units++;
            observed += decision.Arm == ReleaseRole.Challenger ? 1 : 0;
            expected += share;
            variance += share * (1 - share);
        }
        if (!(variance > 0))
            return null;
        var p = 2 * NormalDistribution.Upper(Math.Abs(observed - expected) / Math.Sqrt(variance));
        return p < Alarm
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The split between {challenger.Key} and {champion.Key} is not what it should be: of {units:N0} units {observed:N0} met {challenger.Key}, where {expected:N0} were expected (p = {p:G2}). Requests of one arm are lost, repeated or sent around the split: do not believe their lines of grade randomised arm before the cause is found."
            )
            : null;
    }
}

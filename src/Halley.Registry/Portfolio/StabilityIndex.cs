using Halley.Data;

namespace Halley.Registry;

/// <summary>The exposure-weighted population stability index of a column against the same column at another time.</summary>
/// <remarks>
/// Σ (a − b)·ln(a / b) over groups, with a and b the shares of the exposure now and then: levels, or ten bands of equal exposure then.
/// A share below 0.0001 counts as 0.0001, so that one empty group does not make the index infinite; a group that is empty both times
/// adds nothing. Source: Siddiqi (2006), Credit Risk Scorecards, chapter 7.
/// </remarks>
static class StabilityIndex
{
    const double Floor = 0.0001;

    /// <summary>Null for a text column, which has no groups.</summary>
    internal static DriftLine? Of(string model, Column then, double[] exposureThen, Column now, double[] exposureNow)
    {
        if (PortfolioGroups.Of(then, exposureThen) is not { } groups)
            return null;
        var (before, after) = (groups.Shares(then, exposureThen), groups.Shares(now, exposureNow));
        var (index, worst, most) = (0.0, 0, -1.0);
        for (var group = 0; group < before.Length; group++)
        {
            if (before[group] == 0 && after[group] == 0)
                continue;
            var (b, a) = (Math.Max(before[group], Floor), Math.Max(after[group], Floor));
            var part = (a - b) * Math.Log(a / b);
            index += part;
            if (part > most)
                (worst, most) = (group, part);
        }
        return new(model, then.Name, index, groups.Describe(worst), before[worst], after[worst]);
    }
}

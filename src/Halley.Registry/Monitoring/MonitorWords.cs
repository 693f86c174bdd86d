namespace Halley.Registry;

/// <summary>The verdict on a release's models, with its reasons.</summary>
static class MonitorWords
{
    internal static (MonitorVerdict Verdict, string Sentence, IReadOnlyList<string> Reasons) Verdict(
        VersionId release,
        IReadOnlyList<ClaimsJudge.Found> found,
        IReadOnlyList<MonitorAlarm> alarms,
        bool isReferenceOver
    )
    {
        var unseen = alarms.Where(alarm => alarm.Kind == MonitorAlarmKind.Unseen).ToList();
        if (found.Any(line => line.IsOrderOff) || unseen.Count > 0)
            return (
                MonitorVerdict.Refit,
                $"Refit the models of {release}: {(found.Any(line => line.IsOrderOff) ? "they tell risks apart wrongly" : "they meet levels that they never learned")}.",
                Sentences(alarms)
            );
        if (found.Any(line => line.IsLevelOff))
            return (
                MonitorVerdict.Recalibrate,
                $"Recalibrate {release}: the level is off, and no segment is surely away from the whole, so that one factor mends it.",
                Sentences(alarms)
            );
        return (MonitorVerdict.Leave, $"Leave {release}: {Why(found, alarms, isReferenceOver)}.", Sentences(alarms));
    }

    static string Why(IReadOnlyList<ClaimsJudge.Found> found, IReadOnlyList<MonitorAlarm> alarms, bool isReferenceOver)
    {
        if (!isReferenceOver)
            return "it is too young to be judged";
        var isKnown = found.Any(line => line.Ratios[0] is { } ratio && ratio.Lower is not null);
        if (alarms.Count == 0)
            return isKnown
                ? "nothing moved beyond its limits, and what came is what was expected"
                : "nothing moved beyond its limits; too little has come to say whether it is as expected";
        return isKnown
            ? "what came is still as expected; what moved is a matter of the book or of the prices, see the alarms"
            : "too little has come to say whether the models are wrong; what moved is listed among the alarms";
    }

    static IReadOnlyList<string> Sentences(IReadOnlyList<MonitorAlarm> alarms) => [.. alarms.Select(alarm => alarm.Sentence)];
}

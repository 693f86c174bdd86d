using Halley.Decisions;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Reads what checks found from decisions and their outcomes.</summary>
public static class FraudReporter
{
    /// <param name="decisions">Live decisions, in the order of time.</param>
    /// <param name="outcomes">In the order of receipt; later valuations supersede.</param>
    /// <param name="definition">Names the reasons.</param>
    /// <param name="query">What is reported.</param>
    public static FraudReport Of(
        IReadOnlyList<DecisionRecord> decisions,
        IReadOnlyList<OutcomeRecord> outcomes,
        DecisionDefinition definition,
        FraudQuery query
    )
    {
        var known = Latest(outcomes, FraudVerdicts.Kind, query.AsOf);
        var hours = Latest(outcomes, FraudVerdicts.HoursKind, query.AsOf);
        var names = new ReasonNames(definition);
        var referred = decisions.Where(IsReferred).Select(record => Claim(record, known, hours)).ToList();
        var sample = CheckedSample.OfVerdicts(decisions, outcomes, query.AsOf);
        var (precision, unknown) = Precision(decisions, known, query);
        return new(
            query.Environment,
            definition.Name,
            decisions.Count,
            Line("all", referred),
            [
                .. referred
                    .GroupBy(claim => claim.Record.Release)
                    .OrderBy(group => group.Key.Version)
                    .Select(group => Line(group.Key.ToString(), [.. group])),
            ],
            [
                .. referred
                    .SelectMany(claim => names.Of(claim.Record.Reasons).Select(name => (Name: name, Claim: claim)))
                    .GroupBy(one => one.Name, one => one.Claim)
                    .Select(group => Line(group.Key, [.. group]))
                    .OrderByDescending(line => line.Referred)
                    .ThenBy(line => line.Name, StringComparer.Ordinal),
            ],
            precision,
            unknown,
            sample.Rows.Count < 2 ? null : Share(sample.Share),
            decisions.Any(record => record.Simulated) || outcomes.Any(record => record.Outcome.Simulated)
        );
    }

    /// <summary>A claim with the handler's word.</summary>
    sealed record Checked(DecisionRecord Record, FraudVerdict Verdict, double Recovered, double Hours);

    static bool IsReferred(DecisionRecord record) =>
        record.CheckProbability is >= 1 || (record.CheckProbability is > 0 && record.Checked);

    static Checked Claim(DecisionRecord record, Dictionary<Guid, Outcome> known, Dictionary<Guid, Outcome> hours) =>
        known.GetValueOrDefault(record.Id) is { Verdict: { } verdict } outcome
            ? new(record, verdict, outcome.Value, hours.GetValueOrDefault(record.Id)?.Value ?? 0)
            : new(record, FraudVerdict.Pending, 0, hours.GetValueOrDefault(record.Id)?.Value ?? 0);

    static FraudLine Line(string name, IReadOnlyList<Checked> claims)
    {
        int Number(FraudVerdict verdict) => claims.Count(claim => claim.Verdict == verdict);
        var (fraud, none) = (Number(FraudVerdict.Substantiated), Number(FraudVerdict.Unsubstantiated));
        var (accepted, told) = (
            claims.Count(claim => claim.Verdict.IsAccepted() == true),
            claims.Count(claim => claim.Verdict.IsAccepted() is not null)
        );
        var (recovered, hours) = (claims.Sum(claim => claim.Recovered), claims.Sum(claim => claim.Hours));
        return new(
            name,
            claims.Count,
            Number(FraudVerdict.Pending),
            Number(FraudVerdict.Rejected),
            Number(FraudVerdict.Accepted),
            fraud,
            none,
            Number(FraudVerdict.Inconclusive),
            Share(accepted, told),
            Share(fraud, fraud + none),
            recovered,
            hours,
            hours > 0 ? recovered / hours : null
        );
    }

    /// <summary>Of each day's claims the highest scores that its capacity takes, referred or not: the share of fraud of those with a result.</summary>
    static (FraudShare? Precision, int Unknown) Precision(
        IReadOnlyList<DecisionRecord> decisions,
        Dictionary<Guid, Outcome> known,
        FraudQuery query
    )
    {
        if (query.Score is not { } score || query.CapacityPerDay is not { } capacity)
            return (null, 0);
        var within = decisions
            .GroupBy(record => DateOnly.FromDateTime(record.Time.UtcDateTime))
            .SelectMany(day =>
                day.Select(record => (record.Id, Score: ValueData.Number(record.Outputs.Span, score)))
                    .Where(claim => double.IsFinite(claim.Score))
                    .OrderByDescending(claim => claim.Score)
                    .Take(capacity)
            )
            .Select(claim => known.GetValueOrDefault(claim.Id)?.Verdict?.Label())
            .ToList();
        var labels = within.OfType<double>().ToList();
        return (Share((int)labels.Sum(), labels.Count), within.Count - labels.Count);
    }

    static Dictionary<Guid, Outcome> Latest(IReadOnlyList<OutcomeRecord> outcomes, string kind, DateOnly asOf)
    {
        var latest = new Dictionary<Guid, Outcome>();
        foreach (var outcome in outcomes.Select(record => record.Outcome))
        {
            if (outcome.Kind != kind || outcome.ValuationDate > asOf)
                continue;
            if (!latest.TryGetValue(outcome.DecisionId, out var last) || outcome.ValuationDate >= last.ValuationDate)
                latest[outcome.DecisionId] = outcome;
        }
        return latest;
    }

    static FraudShare? Share(int found, int of) => of == 0 ? null : Share(ProportionInterval.Wilson(found, of));

    static FraudShare Share(Estimate estimate) => new(estimate.Value, estimate.Lower, estimate.Upper);
}

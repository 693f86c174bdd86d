using Halley.Statistics;

namespace Halley.Registry;

/// <summary>What the checks of a triage say about all decisions: rows to learn from, each with the weight that undoes the choice of whom to check.</summary>
/// <remarks>
/// Who looks where fraud is expected finds more of it there: a share or a model of the checked alone is of the suspicious and not of all.
/// Each decision logs the chance π with which it was to be checked, 1 where a rule or the triage sent it; weighted by 1/π the checked stand
/// for all. What nobody checked is unknown and never "no fraud"; a find without a check has no chance and is left out.
/// Source: Horvitz and Thompson (1952), J. Am. Stat. Assoc. 47(260), 663–685; Hájek (1971).
/// </remarks>
public sealed class CheckedSample
{
    CheckedSample(IReadOnlyList<CheckedRow> rows) => Rows = rows;

    /// <summary>Decisions that were to be checked and whose outcome is known, in the order of time.</summary>
    public IReadOnlyList<CheckedRow> Rows { get; }

    /// <summary>Decisions of the window.</summary>
    public required int Decisions { get; init; }

    /// <summary>Decisions that were to be checked and whose outcome nobody has told yet.</summary>
    public required int Pending { get; init; }

    /// <summary>Decisions that no check could meet: estimates say nothing about them.</summary>
    public required int NeverChecked { get; init; }

    /// <summary>Outcomes of decisions that were not to be checked: left out.</summary>
    public required int FoundUnchecked { get; init; }

    /// <summary>Mean outcome of all decisions that a check could meet, with its 95 % interval; NaN bounds below two rows.</summary>
    public Estimate Share
    {
        get
        {
            var units = new UnitIndex();
            var rows = Rows.Select(row => new ValueRow(units.Of(UnitOf(row.Decision)), row.Weight, row.Outcome)).ToArray();
            return new ClusteredMean(rows, units.Count).Estimate;
        }
    }

    /// <summary>Mean outcome of the checked alone: what it would be to forget how they were chosen.</summary>
    public double UnweightedShare => Rows.Average(row => row.Outcome);

    /// <param name="decisions">Live decisions, in the order of time.</param>
    /// <param name="outcomes">In the order of receipt; later valuations supersede.</param>
    /// <param name="kind">Kind of the outcome, for example <c>fraud_confirmed</c>.</param>
    /// <param name="asOf">Outcomes valued after this day are left out.</param>
    public static CheckedSample Of(
        IEnumerable<DecisionRecord> decisions,
        IEnumerable<OutcomeRecord> outcomes,
        string kind,
        DateOnly asOf
    ) => Of(decisions, outcomes, outcome => outcome.Value, kind, asOf);

    /// <summary>The sample of fraud verdicts: 1 for substantiated, 0 for unsubstantiated; every other verdict is unknown.</summary>
    /// <param name="decisions">Live decisions, in the order of time.</param>
    /// <param name="outcomes">In the order of receipt; later valuations supersede.</param>
    /// <param name="asOf">Verdicts valued after this day are left out.</param>
    public static CheckedSample OfVerdicts(
        IEnumerable<DecisionRecord> decisions,
        IEnumerable<OutcomeRecord> outcomes,
        DateOnly asOf
    ) => Of(decisions, outcomes, outcome => outcome.Verdict?.Label(), FraudVerdicts.Kind, asOf);

    static CheckedSample Of(
        IEnumerable<DecisionRecord> decisions,
        IEnumerable<OutcomeRecord> outcomes,
        Func<Outcome, double?> labelOf,
        string kind,
        DateOnly asOf
    )
    {
        var latest = new Dictionary<Guid, (DateOnly Valued, double? Value)>();
        foreach (var outcome in outcomes.Select(record => record.Outcome))
        {
            if (outcome.Kind != kind || outcome.ValuationDate > asOf)
                continue;
            if (!latest.TryGetValue(outcome.DecisionId, out var last) || outcome.ValuationDate >= last.Valued)
                latest[outcome.DecisionId] = (outcome.ValuationDate, labelOf(outcome));
        }
        var rows = new List<CheckedRow>();
        var (total, pending, never, unchecked_) = (0, 0, 0, 0);
        foreach (var decision in decisions)
        {
            total++;
            var chance = decision.CheckProbability ?? 0;
            var told = latest.TryGetValue(decision.Id, out var last) ? last.Value : null;
            if (chance <= 0)
                never++;
            if (chance >= 1 || (chance > 0 && decision.Checked))
            {
                if (told is { } value)
                    rows.Add(new(decision, value, 1 / Math.Min(1, chance)));
                else
                    pending++;
            }
            else if (told is not null)
            {
                unchecked_++;
            }
        }
        return new(rows)
        {
            Decisions = total,
            Pending = pending,
            NeverChecked = never,
            FoundUnchecked = unchecked_,
        };
    }

    /// <summary>Reads the sample from the log.</summary>
    /// <exception cref="Data.HalleyException">HLY5002 to HLY5006: the log.</exception>
    public static async Task<CheckedSample> ReadAsync(
        DecisionLogReader log,
        LogQuery window,
        string kind,
        DateOnly asOf,
        CancellationToken cancellation = default
    )
    {
        var decisions = new List<DecisionRecord>();
        await foreach (var decision in log.DecisionsAsync(window, cancellation).ConfigureAwait(false))
            decisions.Add(decision);
        var outcomes = new List<OutcomeRecord>();
        await foreach (var outcome in log.OutcomesAsync(window with { To = null }, cancellation).ConfigureAwait(false))
            outcomes.Add(outcome);
        return Of(decisions, outcomes, kind, asOf);
    }

    static string UnitOf(DecisionRecord decision) => decision.UnitId.Length > 0 ? decision.UnitId : decision.Id.ToString();
}

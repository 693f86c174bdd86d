using Halley.Data;

namespace Halley.Registry;

/// <summary>Reads what an experiment knows from the decision log and its outcomes alone.</summary>
public static class ExperimentReader
{
    /// <param name="changes">The environment's history of the decision: <see cref="ReleaseRegistry.HistoryAsync"/>.</param>
    /// <param name="asOf">Decisions and outcomes up to then.</param>
    /// <exception cref="HalleyException">HLY5002 to HLY5006: the log.</exception>
    public static async Task<ExperimentReport> ReadAsync(
        DecisionLogReader log,
        Experiment experiment,
        IReadOnlyList<EnvironmentChange> changes,
        DateTimeOffset asOf,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        // 1. Decisions of both releases since the start, each with its value once it is old enough.
        var definition = experiment.Value;
        var query = new ValueQuery
        {
            Environment = experiment.Environment,
            From = experiment.At,
            AsOf = asOf,
        };
        var window = ValueData.Window(definition, query, withYoung: true);
        LogQuery[] queries =
        [
            window with
            {
                Kinds = [RecordKind.Decision],
            },
            window with
            {
                To = null,
                Kinds = experiment.Grade == ValueGrade.ShadowPair ? [RecordKind.Shadow] : [RecordKind.Outcome],
            },
        ];
        var reading = await LogReading.OfAsync(log, queries, progress, cancellation).ConfigureAwait(false);
        var tally = new ExperimentTally(experiment, ExperimentTally.SharesOf(experiment, changes));
        var notes = new List<string>();
        var data = await ValueData
            .ReadAsync(log, definition, query, reading, cancellation, atMaturity: true)
            .ConfigureAwait(false);

        // 2. The path, in the order of time.
        if (experiment.Grade == ValueGrade.ShadowPair)
        {
            await AddPairsAsync(log, experiment, tally, data, window, cancellation).ConfigureAwait(false);
        }
        else
        {
            var unknown = data.UnknownOutcomes;
            foreach (var decision in data.Decisions.Where(tally.Counts))
            {
                tally.Came(decision);
                if (decision.Time + definition.Maturity <= asOf && unknown.Count == 0)
                    tally.Add(decision);
            }
            // What is known of nobody is not zero.
            if (unknown.Count > 0 && data.Decisions.Count > 0)
                notes.Add(
                    $"No outcome of kind {string.Join(" or ", unknown.Select(kind => $"'{kind}'"))} has been reported since the start, so that nothing can be valued yet."
                );
        }

        // 3. Figures and words.
        return ExperimentWords.Report(experiment, tally, asOf, notes, changes);
    }

    static async Task AddPairsAsync(
        DecisionLogReader log,
        Experiment experiment,
        ExperimentTally tally,
        ValueData data,
        LogQuery window,
        CancellationToken cancellation
    )
    {
        await foreach (var shadow in log.ShadowsAsync(window with { To = null }, cancellation).ConfigureAwait(false))
        {
            var isPair = shadow.Error is null && shadow.Release == experiment.Release;
            if (!isPair || data.Find(shadow.DecisionId) is not { } decision || !tally.Counts(decision))
                continue;
            var expected = ValueData.Number(shadow.Outputs.Span, experiment.Value.ExpectedOutput!);
            if (double.IsFinite(expected - decision.Expected) && decision.Release == experiment.Against)
                tally.AddPair(decision, expected - decision.Expected);
        }
    }
}

using System.Globalization;

namespace Halley.Registry;

/// <summary>Computes what releases earned, from the decision log and its outcomes alone.</summary>
public static class ValueCalculator
{
    /// <exception cref="Halley.Data.HalleyException">HLY5601: the definition; HLY5002 to HLY5006: the log.</exception>
    public static async Task<ValueReport> ComputeAsync(
        DecisionLogReader log,
        ValueDefinition definition,
        ValueQuery query,
        CancellationToken cancellation = default
    )
    {
        definition.Validate();
        var notes = new List<string>();

        // 1. Live decisions that are old enough, each with its outcomes.
        var window = ValueData.Window(definition, query);
        var later = window with { To = null };
        LogQuery[] queries =
        [
            window with
            {
                Kinds = [RecordKind.Decision],
            },
            later with
            {
                Kinds = definition.ExpectedOutput is null ? [RecordKind.Outcome] : [RecordKind.Outcome, RecordKind.Shadow],
            },
        ];
        var reading = await LogReading.OfAsync(log, queries, query.Progress, cancellation).ConfigureAwait(false);
        var data = await ValueData.ReadAsync(log, definition, query, reading, cancellation).ConfigureAwait(false);
        if (data.Decisions.Count == 0)
            notes.Add($"There is no live decision of '{definition.Decision}' in '{query.Environment}' that is old enough.");

        // 2. An outcome that nobody has reported leaves the value unknown: to count it as zero would make one up.
        var unknown = data.UnknownOutcomes;
        if (data.Decisions.Count > 0 && unknown.Count > 0)
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"What releases of '{definition.Decision}' earned is not known: no outcome of kind {string.Join(" or ", unknown.Select(kind => $"'{kind}'"))} has been reported for its {data.Decisions.Count:N0} live decisions."
                )
            );
        IReadOnlyList<ValuedDecision> valued = unknown.Count > 0 ? [] : data.Decisions;

        notes.AddRange(SampleRatio.Problems(data.Decisions));

        // 3. The grades, the strongest first; lines of different grades are never added.
        var found = RandomisedArms.Find(valued, definition).ToList();
        if (definition.ExpectedOutput is { } output)
        {
            var shadows = reading.Through(log.ShadowsAsync(later, cancellation));
            found.AddRange(await ShadowPairs.FindAsync(shadows, data, output).ConfigureAwait(false));
        }
        else
        {
            notes.Add("Shadows are not compared: the value definition names no output that holds the expected value.");
        }
        found.AddRange(BeforeAfter.Find(valued, definition));
        return new(
            query.Environment,
            definition.Decision,
            query.From,
            DateOnly.FromDateTime(query.AsOf.UtcDateTime),
            [.. found.Select(comparison => ValueWords.Line(comparison, definition))],
            notes
        );
    }
}

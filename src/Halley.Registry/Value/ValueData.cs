using System.Text.Json;

namespace Halley.Registry;

/// <summary>Live decisions of a window, each with its outcomes as known on a day.</summary>
sealed class ValueData
{
    readonly ValueDefinition definition;
    readonly Dictionary<Guid, ValuedDecision> byId = [];
    readonly List<ValuedDecision> decisions = [];
    readonly Dictionary<(Guid, string), DateOnly> valued = [];
    readonly HashSet<string> kinds = new(StringComparer.Ordinal);

    readonly bool atMaturity;

    ValueData(ValueDefinition definition, bool atMaturity) => (this.definition, this.atMaturity) = (definition, atMaturity);

    /// <summary>In the order of time.</summary>
    internal IReadOnlyList<ValuedDecision> Decisions => decisions;

    /// <summary>Outcomes that the definition counts and that no decision has: what is known of nobody is not zero.</summary>
    internal IReadOnlyList<string> UnknownOutcomes =>
        [.. definition.Terms.Select(term => term.Outcome).OfType<string>().Distinct().Where(kind => !kinds.Contains(kind))];

    internal ValuedDecision? Find(Guid id) => byId.GetValueOrDefault(id);

    /// <summary>The log's window that holds the decisions.</summary>
    /// <param name="withYoung">Whether decisions that are not old enough yet are among them.</param>
    internal static LogQuery Window(ValueDefinition definition, ValueQuery query, bool withYoung = false) =>
        new()
        {
            Environment = query.Environment,
            Decision = definition.Decision,
            From = query.From,
            To = withYoung ? query.AsOf : query.AsOf - definition.Maturity,
        };

    /// <summary>Reads decisions and outcomes; nothing else is needed to compute value.</summary>
    /// <param name="atMaturity">Whether each decision is valued by what was known once it was old enough, and not by what is known now.</param>
    internal static async Task<ValueData> ReadAsync(
        DecisionLogReader log,
        ValueDefinition definition,
        ValueQuery query,
        LogReading reading,
        CancellationToken cancellation,
        bool atMaturity = false
    )
    {
        var read = new ValueData(definition, atMaturity);
        var window = Window(definition, query, atMaturity);
        await foreach (var record in reading.Through(log.DecisionsAsync(window, cancellation)).ConfigureAwait(false))
        {
            if (record.Purpose == Purpose.Live)
                read.Add(record);
        }
        var asOf = DateOnly.FromDateTime(query.AsOf.UtcDateTime);
        await foreach (
            var record in reading.Through(log.OutcomesAsync(window with { To = null }, cancellation)).ConfigureAwait(false)
        )
            read.Add(record, asOf);
        return read;
    }

    /// <summary>A number among an answer's fields; NaN where it is none.</summary>
    internal static double Number(ReadOnlySpan<byte> outputs, string name)
    {
        var reader = new Utf8JsonReader(outputs);
        if (outputs.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return double.NaN;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(name);
            reader.Read();
            if (isWanted && reader.TokenType == JsonTokenType.Number)
                return reader.GetDouble();
            reader.Skip();
        }
        return double.NaN;
    }

    void Add(DecisionRecord record)
    {
        var outputs = new double[definition.Terms.Count];
        for (var term = 0; term < outputs.Length; term++)
        {
            var value = definition.Terms[term].Output is { } name ? Number(record.Outputs.Span, name) : 1;
            outputs[term] = double.IsFinite(value) ? value : 0;
        }
        var expected = definition.ExpectedOutput is { } output ? Number(record.Outputs.Span, output) : double.NaN;
        var decision = new ValuedDecision(record, outputs, expected);
        for (var term = 0; term < outputs.Length; term++)
            decision.Outcomes[term] = definition.Terms[term].Outcome is null ? 1 : 0;
        decisions.Add(decision);
        byId.Add(decision.Id, decision);
    }

    /// <summary>Decisions in the order of time and outcomes in the order of their receipt, from anywhere.</summary>
    internal static ValueData Of(
        ValueDefinition definition,
        IEnumerable<DecisionRecord> decisions,
        IEnumerable<OutcomeRecord> outcomes,
        DateOnly asOf,
        bool atMaturity = false
    )
    {
        var read = new ValueData(definition, atMaturity);
        foreach (var record in decisions)
            read.Add(record);
        foreach (var record in outcomes)
            read.Add(record, asOf);
        return read;
    }

    /// <summary>A later outcome with the same or a later valuation date supersedes.</summary>
    void Add(OutcomeRecord record, DateOnly asOf)
    {
        var outcome = record.Outcome;
        if (outcome.ValuationDate > asOf || Find(outcome.DecisionId) is not { } decision)
            return;
        kinds.Add(outcome.Kind);
        // The day on which the decision was valued; outcomes have days and no hours.
        var matured = DateOnly.FromDateTime((decision.Time + definition.Maturity).UtcDateTime);
        if (atMaturity && outcome.ValuationDate > matured)
            return;
        var days = atMaturity
            ? definition.Maturity.TotalDays
            : asOf.DayNumber - DateOnly.FromDateTime(decision.Time.UtcDateTime).DayNumber;
        var key = (outcome.DecisionId, outcome.Kind);
        if (valued.TryGetValue(key, out var last) && last > outcome.ValuationDate)
            return;
        valued[key] = outcome.ValuationDate;
        for (var term = 0; term < definition.Terms.Count; term++)
        {
            if (definition.Terms[term].Outcome != outcome.Kind)
                continue;
            decision.Outcomes[term] = definition.Terms[term].Counted(outcome.Value, days);
            decision.Simulated |= outcome.Simulated;
        }
    }
}

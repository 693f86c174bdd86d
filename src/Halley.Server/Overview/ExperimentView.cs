using System.Text.Json.Serialization;
using Halley.Registry;

namespace Halley.Server;

/// <summary>An experiment that runs, with what is known; see <see cref="ExperimentReport"/>.</summary>
sealed record ExperimentView(
    string Id,
    string Decision,
    string Release,
    string Against,
    string Grade,
    [property: JsonConverter(typeof(JsonStringEnumConverter<Verdict>))] Verdict Verdict,
    string Sentence,
    string Currency,
    double? Value,
    double? Low,
    double? High,
    string Per,
    bool Known,
    bool Simulated,
    int Decisions,
    double SplitProbability,
    DateTimeOffset Since,
    DateTimeOffset PlannedEnd,
    IReadOnlyList<string> Notes
);

using System.Text.Json;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Cli;

/// <summary>What releases truly earn on the demo's events, by the generator's truth: the mean difference, without the noise of outcomes.</summary>
sealed class DemoTruth(ReleaseLoader loader, IReadOnlyList<SimulatedEvent> events)
{
    readonly Dictionary<VersionId, double> means = [];

    /// <summary>Mean true value of the one release less the other's, EUR a unit, over all events; null for a grade that measures something else.</summary>
    /// <remarks>Before and after compares other weeks, and so other events.</remarks>
    public async Task<double?> DifferenceAsync(ValueLine line, CancellationToken cancellation)
    {
        if (line.Grade == ValueGrade.BeforeAfter || events.Count == 0)
            return null;
        return await MeanAsync(line.Release, cancellation) - await MeanAsync(line.Against, cancellation);
    }

    async Task<double> MeanAsync(VersionId release, CancellationToken cancellation)
    {
        if (means.TryGetValue(release, out var known))
            return known;
        var engine = new DecisionEngine((await loader.LoadAsync(release, cancellation)).Plan);
        return means[release] = events.Average(one => ValueOf(engine, one));
    }

    static double ValueOf(DecisionEngine engine, SimulatedEvent one)
    {
        using var body = JsonDocument.Parse(one.Body());
        if (!engine.TryDecide(body.RootElement.GetProperty("inputs"), out var answer, out _))
            return 0;
        using (answer)
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer))
                answer.Write(writer);
            using var document = JsonDocument.Parse(buffer.WrittenMemory);
            return one.TrueValue(answer.Action, document.RootElement.GetProperty("outputs"));
        }
    }
}

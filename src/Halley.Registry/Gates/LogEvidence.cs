using Halley.Data;

namespace Halley.Registry;

/// <summary>Evidence for <see cref="ShadowGate"/>, counted in the decision log.</summary>
public sealed class LogEvidence(DecisionLogReader log) : IEvidenceProvider
{
    public async Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (gate is not ShadowGate shadow)
            return null;
        var environment = shadow.Environment ?? subject.Environment;
        var query = new LogQuery { Environment = environment, Decision = subject.Release.Decision };
        var (count, errors, isSimulated) = (0L, 0L, false);
        var reading = await LogReading
            .OfAsync(log, [query with { Kinds = [RecordKind.Shadow] }], progress, cancellation)
            .ConfigureAwait(false);
        await foreach (var record in reading.Through(log.ShadowsAsync(query, cancellation)).ConfigureAwait(false))
        {
            if (record.Release != subject.Release.Id)
                continue;
            count++;
            errors += record.Error is null ? 0 : 1;
            isSimulated |= record.Simulated;
        }
        return new ShadowEvidence
        {
            Gate = gate.Name,
            Source = $"decision log of '{environment}'",
            Simulated = isSimulated,
            Decisions = count,
            Errors = errors,
        };
    }
}

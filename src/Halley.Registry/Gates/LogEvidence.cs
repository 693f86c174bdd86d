namespace Halley.Registry;

/// <summary>Evidence for <see cref="ShadowGate"/>, counted in the decision log.</summary>
public sealed class LogEvidence(DecisionLogReader log) : IEvidenceProvider
{
    public async Task<GateEvidence?> GatherAsync(Gate gate, GateSubject subject, CancellationToken cancellation)
    {
        if (gate is not ShadowGate shadow)
            return null;
        var environment = shadow.Environment ?? subject.Environment;
        var query = new LogQuery { Environment = environment, Decision = subject.Release.Decision };
        var (count, errors, isSimulated) = (0L, 0L, false);
        await foreach (var record in log.ShadowsAsync(query, cancellation).ConfigureAwait(false))
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

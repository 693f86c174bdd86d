namespace Halley.Registry;

/// <summary>What the gates of an environment found for one release.</summary>
/// <param name="Results">In the order of the gates.</param>
/// <param name="Evidence">What they were judged by.</param>
public sealed record GateReport(IReadOnlyList<GateResult> Results, IReadOnlyList<GateEvidence> Evidence)
{
    /// <summary>Gates that stop the promotion.</summary>
    public IEnumerable<GateResult> Failed => Results.Where(result => result.Blocks);
}

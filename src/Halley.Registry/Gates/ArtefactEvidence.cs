namespace Halley.Registry;

/// <summary>What a check of every artefact of a release found.</summary>
public sealed record ArtefactEvidence : GateEvidence
{
    public required int Checked { get; init; }

    /// <summary>One sentence each, without a full stop; empty where all is well.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}

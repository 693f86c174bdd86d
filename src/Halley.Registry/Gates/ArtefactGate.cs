namespace Halley.Registry;

/// <summary>Every artefact of the release is there, unmodified, signed, and passes its own check rows.</summary>
public sealed record ArtefactGate : Gate
{
    public ArtefactGate() => Guards = EveryPlace;

    public override IEnumerable<string> Validate() => [];

    public override GateResult Judge(GateEvidence? evidence)
    {
        if (evidence is not ArtefactEvidence artefacts)
            return Fail("The artefacts were not checked.", "Promote where the registry's store is at hand.");
        return artefacts.Problems.Count == 0
            ? Pass($"All {artefacts.Checked} artefacts are there, unmodified and pass their checks.", artefacts.Checked)
            : Fail(
                $"The release is not sound: {string.Join("; ", artefacts.Problems)}.",
                "Restore the store from a copy, or make the release again.",
                artefacts.Problems.Count,
                0
            );
    }
}

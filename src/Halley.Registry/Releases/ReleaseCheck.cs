namespace Halley.Registry;

/// <summary>Whether a release is whole, unmodified and signed by a trusted key.</summary>
/// <param name="Problems">One sentence each; empty where all is well.</param>
/// <param name="Artefacts">How many pinned artefacts were read and compared with their hash.</param>
public sealed record ReleaseCheck(VersionId Release, int Artefacts, IReadOnlyList<string> Problems)
{
    public bool IsSound => Problems.Count == 0;
}

namespace Halley.Registry;

/// <summary>Where an imported release came from: the release as it was signed there. Its artefacts are the same bytes.</summary>
/// <param name="Release">As signed by the other store's key.</param>
public sealed record ReleaseOrigin(Release Release)
{
    /// <summary>What differs between the release as it is here and as it was signed there, a sentence each; empty where nothing does.</summary>
    internal IEnumerable<string> Problems(Release here, TrustedKeys trusted)
    {
        if (ReleaseContent.Hash(Release) != Release.Hash)
            yield return $"its origin {Release.Id} has other content than its hash says";
        if (trusted.Problem(Release.KeyId, ReleaseContent.Signed(Release), Release.Signature) is { } problem)
            yield return $"of its origin {Release.Id}, {problem}";
        if (here.Decision != Release.Decision || here.Definition != Release.Definition)
            yield return $"its definition is not that of its origin {Release.Id}";
        var (own, theirs) = (here.Models.Select(Pin), Release.Models.Select(Pin));
        if (!own.SequenceEqual(theirs))
            yield return $"its models are not those of its origin {Release.Id}";
        if (!here.Tables.SequenceEqual(Release.Tables))
            yield return $"its files are not those of its origin {Release.Id}";
    }

    // Versions are numbered by each store for itself: the reference and the bytes are what must agree.
    static (string, Data.ContentHash) Pin(PinnedModel model) => (model.Reference, model.Hash);
}

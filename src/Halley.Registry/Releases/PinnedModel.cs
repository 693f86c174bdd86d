using Halley.Data;

namespace Halley.Registry;

/// <summary>A model as a release holds it.</summary>
/// <param name="Reference">As the definition names it: <c>claim-count@3</c>, or <c>claim-count@champion</c> by alias.</param>
/// <param name="Version">The version that the reference meant when the release was made.</param>
/// <param name="Hash">SHA-256 of its artefact.</param>
public sealed record PinnedModel(string Reference, VersionId Version, ContentHash Hash);

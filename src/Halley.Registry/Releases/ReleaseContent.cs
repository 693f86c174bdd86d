using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The bytes of a release that are hashed, and those that are signed.</summary>
static class ReleaseContent
{
    /// <summary>What makes two releases the same: not the version, nor who made it when.</summary>
    internal sealed record Content(
        int Format,
        string Decision,
        ContentHash Definition,
        IReadOnlyList<PinnedModel> Models,
        IReadOnlyList<PinnedTable> Tables
    );

    internal static ContentHash Hash(
        string decision,
        ContentHash definition,
        IReadOnlyList<PinnedModel> models,
        IReadOnlyList<PinnedTable> tables
    )
    {
        var content = new Content(1, decision, definition, models, tables);
        return ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(content, HashedJson.Default.ReleaseContent));
    }

    internal static ContentHash Hash(Release release) =>
        Hash(release.Decision, release.Definition, release.Models, release.Tables);

    internal static byte[] Signed(Release release) =>
        JsonSerializer.SerializeToUtf8Bytes(release with { Signature = [] }, RegistryJson.Default.Release);
}

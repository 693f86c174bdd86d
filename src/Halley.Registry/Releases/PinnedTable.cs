using Halley.Data;

namespace Halley.Registry;

/// <summary>A table or other file (price list, thresholds, test cases) as a release holds it.</summary>
/// <param name="Name">As the definition names it.</param>
/// <param name="Hash">SHA-256 of its bytes.</param>
public sealed record PinnedTable(string Name, ContentHash Hash);

namespace Halley.Registry;

/// <summary>One attribute that the release must not know.</summary>
/// <param name="ReadBy">Who reads it all the same: <c>the decision</c> or models; empty as it should be.</param>
/// <param name="Proxies">Fields that tell most about it, the strongest first.</param>
public sealed record ProtectedAttribute(
    string Name,
    IReadOnlyList<string> ReadBy,
    IReadOnlyList<ProtectedLevel> Levels,
    IReadOnlyList<ProxyField> Proxies
);

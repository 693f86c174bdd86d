using Halley.Data;

namespace Halley.Registry;

/// <summary>A key that only one record may hold: the first one that is committed with it.</summary>
/// <param name="Space">The keys of one space are distinct; a decision's retries, or all outcomes.</param>
/// <param name="Content">Tells a repetition (same content) from a conflict.</param>
public readonly record struct Claim(string Space, string Key, ContentHash Content);

namespace Halley.Registry;

/// <summary>A record of a kind that needs no rule of the store: kept in the order of arrival, never changed and never removed.</summary>
/// <param name="Kind">What it is, for example <c>waiver</c>.</param>
/// <param name="Scope">What it belongs to, for example an environment.</param>
/// <param name="Body">JSON.</param>
public sealed record RegistryEntry(string Kind, string Scope, string Body);

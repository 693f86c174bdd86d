namespace Halley.Registry;

/// <summary>One process's run that appends to the log: it has a chain of its own.</summary>
public sealed record LogWriter(Guid Id, DateTimeOffset Started, string Machine, int Process);

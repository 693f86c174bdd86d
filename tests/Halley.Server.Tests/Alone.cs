namespace Halley.Server.Tests;

/// <summary>Tests that run beside no other: meters of one name are heard by every server of a process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

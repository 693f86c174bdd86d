namespace Halley.Server;

/// <summary>One variant of a request.</summary>
/// <param name="Name">The caller's name of it; its place, from 0, where none was given.</param>
/// <param name="Inputs">A JSON object: the inputs that differ.</param>
sealed record VariantCall(string Name, ReadOnlyMemory<byte> Inputs);

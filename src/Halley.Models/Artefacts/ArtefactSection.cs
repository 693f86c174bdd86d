namespace Halley.Models;

/// <summary>One named part of an artefact file.</summary>
/// <param name="Name">1 to 16 ASCII letters.</param>
readonly record struct ArtefactSection(string Name, ReadOnlyMemory<byte> Content);

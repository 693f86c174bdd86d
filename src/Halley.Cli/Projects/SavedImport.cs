namespace Halley.Cli;

/// <summary>Where an imported model was written.</summary>
/// <param name="Version">In the registry; null where only a file was written.</param>
sealed record SavedImport(string Path, string Artefact, string? Version);

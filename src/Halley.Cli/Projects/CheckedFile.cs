namespace Halley.Cli;

/// <summary>A file or table that was read by its schema.</summary>
/// <param name="Path">Counted from the project's folder; a table by its name.</param>
/// <param name="Problem">What is wrong with it, with its code; null where nothing is.</param>
sealed record CheckedFile(string Path, string? Problem);

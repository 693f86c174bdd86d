namespace Halley.Sources.DuckDb;

/// <summary>What DuckDB said; callers turn it into an error that names file, line and remedy.</summary>
sealed class DuckFailure(string message) : Exception(message);

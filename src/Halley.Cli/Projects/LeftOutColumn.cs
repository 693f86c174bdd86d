namespace Halley.Cli;

/// <summary>A column that a starter project does not learn from, and why.</summary>
sealed record LeftOutColumn(string Column, string Reason);

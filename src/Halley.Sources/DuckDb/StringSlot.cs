namespace Halley.Sources.DuckDb;

/// <summary>DuckDB's 16-byte string.</summary>
/// <param name="Head">Length and the first four bytes.</param>
/// <param name="Tail">The other eight bytes, or a pointer.</param>
readonly record struct StringSlot(ulong Head, ulong Tail);

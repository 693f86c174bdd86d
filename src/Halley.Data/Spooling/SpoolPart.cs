namespace Halley.Data;

/// <summary>Where a column's part of a chunk stands in the file.</summary>
/// <param name="Width">Bytes a slot.</param>
readonly record struct SpoolPart(long Offset, int Width);

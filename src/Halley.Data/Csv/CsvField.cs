namespace Halley.Data;

/// <summary>Where a field's text stands in a batch's bytes; length −1 marks a missing value (empty and not quoted).</summary>
readonly record struct CsvField(int Start, int Length);

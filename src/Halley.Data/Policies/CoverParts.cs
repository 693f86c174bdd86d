namespace Halley.Data;

/// <summary>Covers after merging or splitting.</summary>
/// <param name="Table">The covers given, each row now one part with its own dates, exposure and earned amounts.</param>
/// <param name="Source">Shape (rows): the row of the given table that a part came from; of several merged ones the first.</param>
public sealed record CoverParts(Table Table, int[] Source);

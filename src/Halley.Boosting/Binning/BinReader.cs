namespace Halley.Boosting;

/// <summary>Tells the bins of a run of rows.</summary>
/// <param name="start">The first row.</param>
/// <param name="bins">Shape (rows): the result.</param>
delegate void BinReader(int start, Span<ushort> bins);

namespace Halley.Registry;

/// <summary>A place where the log is not what it was.</summary>
/// <param name="Writer">Whose chain.</param>
/// <param name="Seq">Number of the record; the first missing one where records are missing.</param>
/// <param name="What">What differs, as a sentence without a full stop.</param>
public sealed record LogBreak(Guid Writer, long Seq, string What);

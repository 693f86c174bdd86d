namespace Halley.Registry;

/// <summary>A record in its place in a writer's chain.</summary>
/// <param name="Seq">1, 2, 3, … for each writer.</param>
/// <param name="Hash">32 bytes that cover the entry, its place and the record before it.</param>
public sealed record ChainedRecord(Guid Writer, long Seq, LogEntry Entry, byte[] Hash);

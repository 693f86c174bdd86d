using System.Security.Cryptography;

namespace Halley.Registry;

/// <summary>The end of a writer's chain.</summary>
/// <param name="Seq">Number of the last record; 0 for an empty chain.</param>
/// <param name="Hash">Hash of the last record, 32 bytes.</param>
public sealed record ChainHead(Guid Writer, long Seq, byte[] Hash)
{
    /// <summary>The head of a chain without records.</summary>
    public static ChainHead Empty(Guid writer) =>
        new(writer, 0, SHA256.HashData([.. "halley-log-1\0"u8, .. writer.ToByteArray(bigEndian: true)]));

    /// <summary>The record that an entry becomes behind this head.</summary>
    public ChainedRecord Append(LogEntry entry) => new(Writer, Seq + 1, entry, Chain.Hash(this, entry));

    /// <summary>The head that a record makes.</summary>
    public static ChainHead After(ChainedRecord record) => new(record.Writer, record.Seq, record.Hash);
}

using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Halley.Registry;

/// <summary>The hash that ties a record to its place and to the record before it.</summary>
/// <remarks>
/// SHA-256 over, in this order, numbers with the big end first and texts with their length before them:
/// <code>
/// hash of the record before | writer (16) | seq (8) | kind (1) | id (16) | subject (16)
///   | environment | decision | body | commitment (32, zeros where there is no personal part)
/// </code>
/// Lengths stand before texts, so that no two different records give the same bytes.
/// </remarks>
static class Chain
{
    const int HashBytes = SHA256.HashSizeInBytes;
    const int FixedBytes = HashBytes + 16 + 8 + 1 + 16 + 16 + 4 + 4 + 4 + HashBytes;

    internal static byte[] Hash(ChainHead before, LogEntry entry)
    {
        var (environment, decision) = entry.Scope;
        var length =
            FixedBytes + Encoding.UTF8.GetByteCount(environment) + Encoding.UTF8.GetByteCount(decision) + entry.Body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var rest = buffer.AsSpan(0, length);
            Put(ref rest, before.Hash);
            Put(ref rest, before.Writer);
            BinaryPrimitives.WriteInt64BigEndian(rest, before.Seq + 1);
            rest[8] = (byte)entry.Kind;
            rest = rest[9..];
            Put(ref rest, entry.Id);
            Put(ref rest, entry.Subject);
            PutText(ref rest, environment);
            PutText(ref rest, decision);
            BinaryPrimitives.WriteInt32BigEndian(rest, entry.Body.Length);
            rest = rest[4..];
            Put(ref rest, entry.Body);
            if (entry.Commitment is { } commitment)
                commitment.CopyTo(rest);
            else
                rest.Clear();
            return SHA256.HashData(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What the chain covers in place of a personal part.</summary>
    internal static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> personal)
    {
        var length = salt.Length + personal.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var both = buffer.AsSpan(0, length);
            salt.CopyTo(both);
            personal.CopyTo(both[salt.Length..]);
            return SHA256.HashData(both);
        }
        finally
        {
            // Neither salt nor personal part may outlive an erasure in memory that is lent on.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    static void Put(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    static void Put(ref Span<byte> rest, Guid id)
    {
        id.TryWriteBytes(rest, bigEndian: true, out var written);
        rest = rest[written..];
    }

    static void PutText(ref Span<byte> rest, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, rest[4..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        rest = rest[(4 + length)..];
    }
}

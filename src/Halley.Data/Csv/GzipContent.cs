using System.Buffers.Binary;
using System.IO.Compression;

namespace Halley.Data;

/// <summary>What a gzip file holds. Unlike <see cref="GZipStream"/> alone, it refuses a file that was cut short.</summary>
sealed class GzipContent(FileStream file) : Stream
{
    // Enough for the last of the small archives that block compressors join.
    const int TailSearched = 1 << 20;

    readonly GZipStream content = new(file, CompressionMode.Decompress, leaveOpen: true);
    long length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The data are damaged or end early.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = content.Read(buffer, offset, count);
        length += read;
        if (read == 0 && count > 0 && !EndsWhole())
            throw new InvalidDataException("the gzip data end early.");
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Whether the last four bytes are the length of the content, or of the last of several joined archives (RFC 1952).</summary>
    bool EndsWhole()
    {
        var tail = new byte[(int)Math.Min(TailSearched, file.Length)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        if (tail.Length < 18)
            return false;
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(tail.Length - 4));
        if (stated == (uint)length)
            return true;
        for (var start = tail.Length - 18; start >= 0; start--)
        {
            if (tail.AsSpan(start).StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]) && LengthFrom(tail, start) == stated)
                return true;
        }
        return false;
    }

    static long LengthFrom(byte[] tail, int start)
    {
        try
        {
            using var member = new GZipStream(new MemoryStream(tail, start, tail.Length - start), CompressionMode.Decompress);
            var (total, buffer) = (0L, new byte[1 << 14]);
            for (var read = member.Read(buffer); read > 0; read = member.Read(buffer))
                total += read;
            return total;
        }
        catch (InvalidDataException)
        {
            return -1;
        }
    }
}

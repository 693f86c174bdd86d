using System.Buffers.Binary;
using System.Text;

namespace Halley.Data;

/// <summary>A column of texts in a temporary file, chunk by chunk: each text as its length in bytes and its UTF-8; −1 for none.</summary>
sealed class TextSpool(SpoolFile file, int chunkRows)
{
    readonly List<(long Start, int Length)> chunks = [];
    readonly OpenChunk open = new();
    int openRows;

    internal void Add(ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            open.Write(text);
            if (++openRows == chunkRows)
                Flush();
        }
    }

    internal void Complete()
    {
        if (openRows > 0)
            Flush();
    }

    /// <summary>The texts of a chunk, shape (rows).</summary>
    internal string?[] Load(int chunk, int rows)
    {
        var bytes = new byte[chunks[chunk].Length];
        file.Read(chunks[chunk].Start, bytes);
        var (texts, at) = (new string?[rows], 0);
        for (var row = 0; row < rows; row++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            at += sizeof(int);
            if (length < 0)
                continue;
            texts[row] = Encoding.UTF8.GetString(bytes, at, length);
            at += length;
        }
        return texts;
    }

    void Flush()
    {
        chunks.Add((file.Append(open.Written), open.Written.Length));
        open.Clear();
        openRows = 0;
    }

    /// <summary>Bytes of the chunk that is being filled.</summary>
    sealed class OpenChunk
    {
        byte[] bytes = new byte[1 << 16];
        int count;

        internal ReadOnlySpan<byte> Written => bytes.AsSpan(0, count);

        internal void Clear() => count = 0;

        internal void Write(string? text)
        {
            var length = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
            if (bytes.Length - count < length + sizeof(int))
                Array.Resize(ref bytes, Math.Max(2 * bytes.Length, count + length + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(count), text is null ? -1 : length);
            count += sizeof(int);
            if (text is not null)
                count += Encoding.UTF8.GetBytes(text, bytes.AsSpan(count));
        }
    }
}

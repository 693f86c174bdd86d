using System.Text;

namespace Halley.Data;

/// <summary>Bytes on their way to a stream, gathered in one block.</summary>
sealed class ByteSink(Stream stream)
{
    const int Block = 1 << 16;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly byte[] buffer = new byte[Block];
    int used;

    public void Add(byte value)
    {
        if (used == Block)
            Flush();
        buffer[used++] = value;
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        if (text.Length > Block - used)
            Flush();
        if (text.Length > Block)
        {
            stream.Write(text);
            return;
        }
        text.CopyTo(buffer.AsSpan(used));
        used += text.Length;
    }

    /// <exception cref="ArgumentException">The text is not valid Unicode.</exception>
    public void Add(string text) => Add(Strict.GetBytes(text));

    /// <summary>Adds a number, date or the like in the invariant culture.</summary>
    public void Add<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        const int Longest = 64;
        if (Block - used < Longest)
            Flush();
        value.TryFormat(buffer.AsSpan(used), out var written, format, System.Globalization.CultureInfo.InvariantCulture);
        used += written;
    }

    public void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }
}

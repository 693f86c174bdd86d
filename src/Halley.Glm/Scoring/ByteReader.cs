using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Halley.Data;

namespace Halley.Glm;

/// <summary>Reads what <see cref="ByteWriter"/> writes, from bytes that are not trusted: nothing is allocated for a count that the rest can't hold.</summary>
sealed class ByteReader(ReadOnlyMemory<byte> source)
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    int position;

    internal bool AtEnd => position == source.Length;

    internal byte Byte(string what) => Take(1, what)[0];

    internal int Int(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, what));

    internal double Double(string what) => BinaryPrimitives.ReadDoubleLittleEndian(Take(8, what));

    /// <summary>A count of things of at least <paramref name="size"/> bytes each.</summary>
    internal int Count(int size, string what)
    {
        var count = Int(what);
        if (count < 0 || count > (source.Length - position) / size)
            Refuse($"{what}: a count of {count} does not fit into the {source.Length - position} bytes that are left");
        return count;
    }

    internal string Text(string what)
    {
        var bytes = Take(Count(1, what), what);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Refuse($"{what} is not UTF-8");
            return "";
        }
    }

    internal double[] Doubles(string what)
    {
        var values = new double[Count(8, what)];
        foreach (ref var value in values.AsSpan())
            value = Double(what);
        return values;
    }

    internal string[] Texts(string what)
    {
        var values = new string[Count(4, what)];
        foreach (ref var value in values.AsSpan())
            value = Text(what);
        return values;
    }

    [DoesNotReturn]
    internal static void Refuse(string problem) =>
        throw new HalleyException(
            "HLY2120",
            $"the bytes are not a whole Halley GLM: {problem}. The file is damaged or was made by something else; fetch it again, or fit the model again."
        );

    ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > source.Length - position)
            Refuse($"they end at byte {source.Length} inside {what}");
        position += count;
        return source.Span.Slice(position - count, count);
    }
}

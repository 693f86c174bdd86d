using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Halley.Boosting;

/// <summary>Reads numbers and text from bytes that are not trusted; nothing is allocated before it is known to be there.</summary>
ref struct LittleEndianReader(ReadOnlySpan<byte> source)
{
    readonly ReadOnlySpan<byte> source = source;

    /// <summary>Bytes read so far.</summary>
    internal int Position { get; private set; }

    internal readonly int Left => source.Length - Position;

    internal byte ReadByte(string what) => Take(1, what)[0];

    internal int ReadInt32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), what));

    internal ulong ReadUInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), what));

    internal double ReadDouble(string what) => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double), what));

    /// <summary>A number of items, of which each needs at least <paramref name="itemBytes"/> of the bytes left.</summary>
    internal int ReadCount(int itemBytes, string what)
    {
        var at = Position;
        var count = ReadInt32(what);
        if (count < 0 || (long)count * itemBytes > Left)
            EnsembleErrors.ThrowAt(at, $"{what} is {count}, and {Left} bytes are left.");
        return count;
    }

    internal string ReadText(string what)
    {
        var length = ReadCount(1, $"length of {what}");
        var at = Position;
        var bytes = Take(length, what);
        if (!Utf8.IsValid(bytes))
            EnsembleErrors.ThrowAt(at, $"{what} is not UTF-8.");
        return Encoding.UTF8.GetString(bytes);
    }

    ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > Left)
            EnsembleErrors.ThrowAt(Position, $"{what} needs {count} bytes, and {Left} are left.");
        Position += count;
        return source.Slice(Position - count, count);
    }
}

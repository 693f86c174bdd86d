using System.Buffers.Binary;
using System.Text;

namespace Halley.Boosting;

/// <summary>Fields of a protocol-buffers message that is not trusted: every length is checked against the bytes that are there.</summary>
/// <remarks>Source: the protocol-buffers encoding. A key is a varint, field · 8 + wire type: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes.</remarks>
ref struct ProtoReader(ReadOnlySpan<byte> bytes, string place)
{
    readonly ReadOnlySpan<byte> bytes = bytes;
    int position;

    internal int Field { get; private set; }

    int Wire { get; set; }

    /// <summary>The value of a varint or a fixed-width field.</summary>
    ulong Number { get; set; }

    /// <summary>The bytes of a field with a length.</summary>
    ReadOnlySpan<byte> Payload { get; set; }

    /// <summary>Goes to the next field.</summary>
    internal bool Next()
    {
        if (position == bytes.Length)
            return false;
        var at = position;
        var key = Varint(bytes, ref position);
        (Field, Wire) = ((int)(key >> 3), (int)(key & 7));
        Payload = default;
        if (key >> 3 is 0 or > (1 << 29) - 1)
            throw Fault(at, $"field number {key >> 3} is not possible.");
        switch (Wire)
        {
            case 0:
                Number = Varint(bytes, ref position);
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(at, 8));
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(at, 4));
                break;
            case 2:
                var length = Varint(bytes, ref position);
                if (length > (ulong)(bytes.Length - position))
                    throw Fault(at, $"a field of {length} bytes is declared, and {bytes.Length - position} are left.");
                Payload = Take(at, (int)length);
                break;
            default:
                throw Fault(at, $"wire type {Wire} is not known.");
        }
        return true;
    }

    internal readonly long Integer() => Wire == 0 ? (long)Number : throw Wrong("a whole number");

    internal readonly float Float() => Wire == 5 ? BitConverter.UInt32BitsToSingle((uint)Number) : throw Wrong("a float");

    internal readonly ReadOnlySpan<byte> Bytes() => Wire == 2 ? Payload : throw Wrong("bytes");

    internal readonly string Text() => Encoding.UTF8.GetString(Bytes());

    internal readonly ProtoReader Message(string at) => new(Bytes(), at);

    /// <summary>Adds one value, or a packed run of them.</summary>
    internal readonly void AddIntegers(List<long> values)
    {
        if (Wire == 0)
        {
            values.Add((long)Number);
            return;
        }
        var packed = Bytes();
        var at = 0;
        while (at < packed.Length)
            values.Add((long)Varint(packed, ref at));
    }

    /// <inheritdoc cref="AddIntegers"/>
    internal readonly void AddFloats(List<double> values)
    {
        if (Wire == 5)
        {
            values.Add(Float());
            return;
        }
        var packed = Whole(4);
        for (var at = 0; at < packed.Length; at += 4)
            values.Add(BinaryPrimitives.ReadSingleLittleEndian(packed[at..]));
    }

    /// <inheritdoc cref="AddIntegers"/>
    internal readonly void AddDoubles(List<double> values)
    {
        if (Wire == 1)
        {
            values.Add(BitConverter.UInt64BitsToDouble(Number));
            return;
        }
        var packed = Whole(8);
        for (var at = 0; at < packed.Length; at += 8)
            values.Add(BinaryPrimitives.ReadDoubleLittleEndian(packed[at..]));
    }

    readonly ReadOnlySpan<byte> Whole(int size) =>
        Bytes().Length % size == 0 ? Bytes() : throw Wrong($"values of {size} bytes in {Bytes().Length} bytes");

    ReadOnlySpan<byte> Take(int at, int count)
    {
        if (count > bytes.Length - position)
            throw Fault(at, $"{count} bytes are needed, and {bytes.Length - position} are left.");
        var taken = bytes.Slice(position, count);
        position += count;
        return taken;
    }

    readonly ulong Varint(ReadOnlySpan<byte> source, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (at == source.Length)
                throw Fault(at, $"a number is cut off.");
            var next = source[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }
        throw Fault(at, $"a number has more than 10 bytes.");
    }

    readonly Exception Wrong(string what) => ForeignErrors.MalformedAt(place, $"field {Field} is not {what} (wire type {Wire}).");

    readonly Exception Fault(int at, FormattableString problem) => ForeignErrors.MalformedAt($"{place}, byte {at}", problem);
}

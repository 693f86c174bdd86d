using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Halley.Boosting;

/// <summary>Writes protocol-buffers messages: what <see cref="ProtoReader"/> reads.</summary>
sealed class ProtoWriter
{
    readonly ArrayBufferWriter<byte> written = new();

    internal byte[] ToArray() => written.WrittenSpan.ToArray();

    internal ProtoWriter Integer(int field, long value)
    {
        Key(field, 0);
        Varint((ulong)value);
        return this;
    }

    internal ProtoWriter Float(int field, float value)
    {
        Key(field, 5);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        written.Write(bytes);
        return this;
    }

    internal ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal ProtoWriter Message(int field, ProtoWriter message) => Bytes(field, message.ToArray());

    internal ProtoWriter Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, 2);
        Varint((ulong)bytes.Length);
        written.Write(bytes);
        return this;
    }

    internal ProtoWriter Integers(int field, IEnumerable<long> values)
    {
        var packed = new ProtoWriter();
        foreach (var value in values)
            packed.Varint((ulong)value);
        return Message(field, packed);
    }

    internal ProtoWriter Floats(int field, IReadOnlyList<float> values)
    {
        var bytes = new byte[4 * values.Count];
        for (var i = 0; i < values.Count; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        return Bytes(field, bytes);
    }

    internal ProtoWriter Doubles(int field, IReadOnlyList<double> values)
    {
        var bytes = new byte[8 * values.Count];
        for (var i = 0; i < values.Count; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * i), values[i]);
        return Bytes(field, bytes);
    }

    void Key(int field, int wire) => Varint((ulong)(field << 3 | wire));

    void Varint(ulong value)
    {
        for (; value >= 128; value >>= 7)
            written.Write([(byte)(value | 128)]);
        written.Write([(byte)value]);
    }
}

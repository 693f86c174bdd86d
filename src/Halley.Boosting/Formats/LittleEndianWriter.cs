using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Halley.Boosting;

/// <summary>Writes numbers and text to a buffer, little-endian.</summary>
sealed class LittleEndianWriter(IBufferWriter<byte> destination)
{
    internal void Write(byte value) => destination.Write([value]);

    internal void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination.GetSpan(sizeof(int)), value);
        destination.Advance(sizeof(int));
    }

    internal void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination.GetSpan(sizeof(ulong)), value);
        destination.Advance(sizeof(ulong));
    }

    internal void Write(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(destination.GetSpan(sizeof(double)), value);
        destination.Advance(sizeof(double));
    }

    internal void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes.Length);
        destination.Write(bytes);
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Halley.Glm;

/// <summary>Writes numbers and texts, little endian, doubles in full.</summary>
sealed class ByteWriter(IBufferWriter<byte> destination)
{
    internal void Byte(byte value)
    {
        destination.GetSpan(1)[0] = value;
        destination.Advance(1);
    }

    internal void Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination.GetSpan(4), value);
        destination.Advance(4);
    }

    internal void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(destination.GetSpan(8), value);
        destination.Advance(8);
    }

    /// <summary>Length in bytes, then UTF-8.</summary>
    internal void Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Int(bytes.Length);
        destination.Write(bytes);
    }

    /// <summary>Count, then the values.</summary>
    internal void Doubles(ReadOnlySpan<double> values)
    {
        Int(values.Length);
        foreach (var value in values)
            Double(value);
    }

    /// <summary>Count, then the texts.</summary>
    internal void Texts(IReadOnlyList<string> values)
    {
        Int(values.Count);
        foreach (var value in values)
            Text(value);
    }
}

using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Halley.Boosting;

/// <summary>A FlatBuffers buffer that is not trusted: every offset is checked before it is followed.</summary>
/// <remarks>Source: FlatBuffers' internals. A table starts with the distance to its vtable, which holds an offset for each field, 0 where absent.</remarks>
sealed class FlatBuffer(byte[] bytes, string place)
{
    const int MostItems = 1 << 26;

    internal int Length => bytes.Length;

    internal Table Root() => new(this, Follow(0));

    int Follow(long at)
    {
        var target = at + Unsigned(at);
        return target <= bytes.Length - 4 ? (int)target : throw Fault(at, $"an offset leads to byte {target} of {bytes.Length}.");
    }

    ReadOnlySpan<byte> Slice(long at, int count) =>
        at >= 0 && at + count <= bytes.Length
            ? bytes.AsSpan((int)at, count)
            : throw Fault(at, $"{count} bytes are needed beyond the end.");

    long Unsigned(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    Exception Fault(long at, FormattableString problem) => ForeignErrors.MalformedAt($"{place}, byte {at}", problem);

    /// <summary>A table of the buffer.</summary>
    internal readonly struct Table
    {
        readonly FlatBuffer buffer;
        readonly int start;
        readonly long vtable;
        readonly int size;

        internal Table(FlatBuffer buffer, int start)
        {
            (this.buffer, this.start) = (buffer, start);
            vtable = start - BinaryPrimitives.ReadInt32LittleEndian(buffer.Slice(start, 4));
            size = BinaryPrimitives.ReadUInt16LittleEndian(buffer.Slice(vtable, 2));
            buffer.Slice(vtable, size);
        }

        /// <summary>Where a field lies; −1 where it is absent.</summary>
        long At(int field)
        {
            var entry = 4 + 2 * field;
            if (entry + 2 > size)
                return -1;
            var offset = BinaryPrimitives.ReadUInt16LittleEndian(buffer.Slice(vtable + entry, 2));
            return offset == 0 ? -1 : start + offset;
        }

        internal int Int(int field, int otherwise) =>
            At(field) is >= 0 and var at ? BinaryPrimitives.ReadInt32LittleEndian(buffer.Slice(at, 4)) : otherwise;

        internal byte Byte(int field, byte otherwise) => At(field) is >= 0 and var at ? buffer.Slice(at, 1)[0] : otherwise;

        internal float Float(int field, float otherwise) =>
            At(field) is >= 0 and var at ? BinaryPrimitives.ReadSingleLittleEndian(buffer.Slice(at, 4)) : otherwise;

        internal double Double(int field, double otherwise) =>
            At(field) is >= 0 and var at ? BinaryPrimitives.ReadDoubleLittleEndian(buffer.Slice(at, 8)) : otherwise;

        internal Table? Find(int field) => At(field) is >= 0 and var at ? new Table(buffer, buffer.Follow(at)) : null;

        internal Table Need(int field, string what) => Find(field) ?? throw buffer.Fault(start, $"there is no {what}.");

        internal string Text(int field)
        {
            if (At(field) is not (>= 0 and var at))
                return "";
            var bytes = Items(at, 1);
            return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw buffer.Fault(at, $"a text is not UTF-8.");
        }

        /// <summary>The items of a vector of plain values, empty where it is absent.</summary>
        internal ReadOnlySpan<byte> Bytes(int field, int itemSize) =>
            At(field) is >= 0 and var at ? Items(at, itemSize) : default;

        internal int[] Ints(int field) => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(Bytes(field, 4))];

        internal float[] Floats(int field) =>
            [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Bytes(field, 4))];

        internal double[] Doubles(int field) =>
            [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(Bytes(field, 8))];

        internal List<Table> Tables(int field)
        {
            var tables = new List<Table>();
            if (At(field) is not (>= 0 and var at))
                return tables;
            var first = buffer.Follow(at) + 4;
            var count = Items(at, 4).Length / 4;
            for (var i = 0; i < count; i++)
                tables.Add(new(buffer, buffer.Follow(first + 4L * i)));
            return tables;
        }

        internal List<string> Texts(int field)
        {
            var texts = new List<string>();
            if (At(field) is not (>= 0 and var at))
                return texts;
            var first = buffer.Follow(at) + 4;
            var count = Items(at, 4).Length / 4;
            for (var i = 0; i < count; i++)
                texts.Add(Encoding.UTF8.GetString(Items(first + 4L * i, 1)));
            return texts;
        }

        ReadOnlySpan<byte> Items(long at, int itemSize)
        {
            var vector = buffer.Follow(at);
            var count = buffer.Unsigned(vector);
            if (count > MostItems || count * itemSize > buffer.Length - vector - 4)
                throw buffer.Fault(vector, $"a list claims {count} items of {itemSize} bytes.");
            return buffer.Slice(vector + 4, (int)count * itemSize);
        }
    }
}

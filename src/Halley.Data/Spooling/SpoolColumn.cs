using System.Runtime.InteropServices;

namespace Halley.Data;

/// <summary>One column of a spool: turns runs of slots into few bytes, and back, to the bit.</summary>
/// <remarks>
/// While the column has few distinct values, a slot is its number among them in one byte or two. After that, whole numbers take four
/// bytes and others eight, chunk by chunk.
/// </remarks>
public sealed class SpoolColumn(string name)
{
    /// <summary>More distinct values than a slot of two bytes can number.</summary>
    const int ListLimit = 1 << 16;

    readonly Dictionary<long, int> places = [];
    readonly List<double> values = [];
    bool isListed = true;

    public string Name => name;

    /// <summary>Rows without a value.</summary>
    public int MissingCount { get; private set; }

    /// <summary>First row without a value; −1 where there is none.</summary>
    public int FirstMissing { get; private set; } = -1;

    /// <summary>Distinct bit patterns in the order of their first row; null where there were too many.</summary>
    public IReadOnlyList<double>? Values => isListed ? values : null;

    /// <summary>Bytes a slot of the chunk just encoded takes: 1 or 2 for numbers of a value, 4 for whole numbers, 8 for doubles.</summary>
    /// <param name="firstRow">Row of the whole that the slots begin with.</param>
    /// <param name="bytes">Room for eight bytes a slot.</param>
    internal int Encode(ReadOnlySpan<double> slots, int firstRow, Span<byte> bytes)
    {
        NoteMissing(slots, firstRow);
        if (isListed && TryList(slots, bytes, out var width))
            return width;
        if (TryWhole(slots, MemoryMarshal.Cast<byte, int>(bytes)))
            return sizeof(int);
        MemoryMarshal.AsBytes(slots).CopyTo(bytes);
        return sizeof(double);
    }

    /// <summary>slots[i] = slot start + i of an encoded chunk.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, int width, int start, Span<double> slots)
    {
        bytes = bytes.Slice(start * width, slots.Length * width);
        var list = CollectionsMarshal.AsSpan(values);
        switch (width)
        {
            case 1:
                for (var i = 0; i < slots.Length; i++)
                    slots[i] = list[bytes[i]];
                break;
            case 2:
                var numbers = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < slots.Length; i++)
                    slots[i] = list[numbers[i]];
                break;
            case sizeof(int):
                var whole = MemoryMarshal.Cast<byte, int>(bytes);
                for (var i = 0; i < slots.Length; i++)
                    slots[i] = whole[i] == int.MinValue ? double.NaN : whole[i];
                break;
            default:
                MemoryMarshal.Cast<byte, double>(bytes).CopyTo(slots);
                break;
        }
    }

    void NoteMissing(ReadOnlySpan<double> slots, int firstRow)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (!double.IsNaN(slots[i]))
                continue;
            if (MissingCount++ == 0)
                FirstMissing = firstRow + i;
        }
    }

    bool TryList(ReadOnlySpan<double> slots, Span<byte> bytes, out int width)
    {
        var numbers = MemoryMarshal.Cast<byte, ushort>(bytes);
        width = sizeof(ushort);
        var (last, number, largest) = (0L, -1, 0);
        for (var i = 0; i < slots.Length; i++)
        {
            // All missing values are one.
            var bits = BitConverter.DoubleToInt64Bits(double.IsNaN(slots[i]) ? double.NaN : slots[i]);
            if (number < 0 || bits != last)
            {
                (last, number) = (bits, NumberOf(bits));
                if (number < 0)
                    return isListed = false;
                largest = Math.Max(largest, number);
            }
            numbers[i] = (ushort)number;
        }
        if (largest > byte.MaxValue)
            return true;
        // Forwards, so that no number is overwritten before it is read.
        for (var i = 0; i < slots.Length; i++)
            bytes[i] = (byte)numbers[i];
        width = 1;
        return true;
    }

    int NumberOf(long bits)
    {
        if (places.TryGetValue(bits, out var number))
            return number;
        if (values.Count == ListLimit)
            return -1;
        places.Add(bits, values.Count);
        values.Add(BitConverter.Int64BitsToDouble(bits));
        return values.Count - 1;
    }

    /// <summary>Whether all slots are whole numbers that four bytes hold; the smallest such number stands for a missing value.</summary>
    static bool TryWhole(ReadOnlySpan<double> slots, Span<int> whole)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[i];
            if (double.IsNaN(slot))
            {
                whole[i] = int.MinValue;
                continue;
            }
            // −0 is not 0: it would come back with another sign.
            if (!(slot > int.MinValue && slot <= int.MaxValue) || slot != (int)slot || (slot == 0 && double.IsNegative(slot)))
                return false;
            whole[i] = (int)slot;
        }
        return true;
    }
}

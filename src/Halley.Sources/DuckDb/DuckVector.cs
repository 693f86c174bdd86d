using System.Text;
using static DuckDB.NET.Native.NativeMethods;

namespace Halley.Sources.DuckDb;

/// <summary>One column of a chunk: DuckDB's own memory seen as spans, valid until the chunk is released.</summary>
/// <remarks>
/// The only unsafe code outside the kernels: DuckDB hands out pointers. A vector's data hold the chunk's row count of
/// elements of the column's physical type; the caller names that type, and <see cref="DuckResult"/> checks the logical
/// type of every column before the first read.
/// </remarks>
readonly unsafe ref struct DuckVector(nint vector, int rowCount)
{
    /// <summary>Longest string that a 16-byte string slot holds itself.</summary>
    const int InlineBytes = 12;

    public int RowCount => rowCount;

    /// <summary>The elements, shape (n); what stands at a row without a value is undefined.</summary>
    public Span<T> Values<T>()
        where T : unmanaged => new(Vectors.DuckDBVectorGetData(vector), rowCount);

    /// <summary>One bit a row, set where there is a value; empty where every row has one.</summary>
    public ReadOnlySpan<ulong> Validity
    {
        get
        {
            var bits = Vectors.DuckDBVectorGetValidity(vector);
            return bits is null ? default : new(bits, (rowCount + 63) >> 6);
        }
    }

    /// <summary>Validity bits to write into, all set.</summary>
    public Span<ulong> WritableValidity()
    {
        Vectors.DuckDBVectorEnsureValidityWritable(vector);
        Span<ulong> bits = new(Vectors.DuckDBVectorGetValidity(vector), (rowCount + 63) >> 6);
        bits.Fill(ulong.MaxValue);
        return bits;
    }

    /// <summary>Puts a string into a row of a text vector; DuckDB copies the bytes.</summary>
    public void SetText(int row, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* bytes = utf8)
            Vectors.DuckDBVectorAssignStringElementLength(vector, (ulong)row, bytes, utf8.Length);
    }

    /// <summary>The text of one string slot.</summary>
    public static string Text(in StringSlot slot) => Encoding.UTF8.GetString(Bytes(in slot));

    /// <summary>The UTF-8 bytes of one string slot, which must stand in the vector's own memory.</summary>
    public static ReadOnlySpan<byte> Bytes(in StringSlot slot)
    {
        fixed (StringSlot* start = &slot)
        {
            // Layout: 4 bytes of length, then 12 bytes of text, or 4 of its start and a pointer to the whole.
            var length = (int)(uint)slot.Head;
            return length <= InlineBytes ? new((byte*)start + sizeof(uint), length) : new((void*)slot.Tail, length);
        }
    }

    /// <summary>Whether equal slots mean equal text and unequal ones unequal text: DuckDB pads short strings with zeros.</summary>
    public static bool IsInline(in StringSlot slot) => (uint)slot.Head <= InlineBytes;
}

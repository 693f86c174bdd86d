using System.Buffers.Binary;
using System.Text;

namespace Halley.Data;

/// <summary>Distinct texts as UTF-8 bytes, numbered in the order in which they came: looked up without making a string.</summary>
/// <remarks>Open addressing with linear probing, at most half full. Safe to share between threads once nothing is added.</remarks>
sealed class Utf8Index
{
    int[] buckets = new int[16];
    (int Start, int Length, uint Hash)[] entries = new (int, int, uint)[8];
    byte[] arena = new byte[64];
    int used;

    public Utf8Index() { }

    /// <summary>An index of the given distinct texts: their positions are their numbers.</summary>
    public Utf8Index(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            FindOrAdd(Encoding.UTF8.GetBytes(text));
    }

    public int Count { get; private set; }

    public string this[int number] => Encoding.UTF8.GetString(Bytes(number));

    public ReadOnlySpan<byte> Bytes(int number) => arena.AsSpan(entries[number].Start, entries[number].Length);

    /// <summary>Number of a text, or −1.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var hash = HashOf(text);
        for (var bucket = hash & (uint)(buckets.Length - 1); ; bucket = (bucket + 1) & (uint)(buckets.Length - 1))
        {
            var number = buckets[bucket] - 1;
            if (number < 0)
                return -1;
            if (entries[number].Hash == hash && text.SequenceEqual(Bytes(number)))
                return number;
        }
    }

    /// <summary>Number of a text, which is added if it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> text)
    {
        var number = Find(text);
        return number >= 0 ? number : Add(text);
    }

    int Add(ReadOnlySpan<byte> text)
    {
        if (Count == entries.Length)
            Array.Resize(ref entries, Count * 2);
        if (used + text.Length > arena.Length)
            Array.Resize(ref arena, Math.Max(arena.Length * 2, used + text.Length));
        text.CopyTo(arena.AsSpan(used));
        entries[Count] = (used, text.Length, HashOf(text));
        used += text.Length;
        Count++;
        if (Count * 2 > buckets.Length)
            Rehash(buckets.Length * 2);
        else
            Place(Count - 1);
        return Count - 1;
    }

    void Rehash(int size)
    {
        buckets = new int[size];
        for (var number = 0; number < Count; number++)
            Place(number);
    }

    void Place(int number)
    {
        var bucket = entries[number].Hash & (uint)(buckets.Length - 1);
        while (buckets[bucket] != 0)
            bucket = (bucket + 1) & (uint)(buckets.Length - 1);
        buckets[bucket] = number + 1;
    }

    static uint HashOf(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * 0x9E3779B97F4A7C15;
        for (; text.Length >= 8; text = text[8..])
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * 0xFF51AFD7ED558CCD;
        foreach (var unit in text)
            hash = (hash ^ unit) * 0xC4CEB9FE1A85EC53;
        return (uint)(hash >> 32) ^ (uint)(hash >> 15);
    }
}

namespace Halley.Simulation;

/// <summary>A file as the kernel shows it, and as the disk would have it after a power cut.</summary>
sealed class SimulatedFile
{
    const int Sector = 512;

    readonly List<Change> pending = [];
    byte[] bytes = [];
    byte[] durable = [];

    /// <summary>A write, or a new length where there are no bytes.</summary>
    readonly record struct Change(long Place, byte[]? Bytes);

    internal long Length { get; private set; }

    long DurableLength { get; set; }

    /// <summary>Shared memory of the file's users, and who holds which lock.</summary>
    internal SharedMemory Memory { get; } = new();

    /// <summary>Level of the lock that each handle has.</summary>
    internal Dictionary<long, int> Locks { get; } = [];

    internal int Read(Span<byte> into, long place)
    {
        var count = (int)Math.Clamp(Length - place, 0, into.Length);
        bytes.AsSpan((int)Math.Min(place, Length), count).CopyTo(into);
        into[count..].Clear();
        return count;
    }

    internal void Write(ReadOnlySpan<byte> content, long place)
    {
        Apply(ref bytes, place, content);
        Length = Math.Max(Length, place + content.Length);
        pending.Add(new(place, content.ToArray()));
    }

    internal void Truncate(long length)
    {
        Cut(ref bytes, length);
        Length = length;
        pending.Add(new(length, null));
    }

    /// <summary>All that was written is on the disk.</summary>
    internal void Sync()
    {
        foreach (var change in pending)
            Persist(change, _ => true);
        pending.Clear();
    }

    /// <summary>Of what was not synced each write is lost, kept, or kept in some of its sectors.</summary>
    internal void PowerCut(Random random)
    {
        foreach (var change in pending)
        {
            var fate = random.Next(3);
            if (fate > 0)
                Persist(change, _ => fate == 1 || random.Next(2) == 0);
        }
        pending.Clear();
        (bytes, Length) = (durable.ToArray(), DurableLength);
        Memory.Clear();
        Locks.Clear();
    }

    void Persist(Change change, Func<int, bool> isKept)
    {
        if (change.Bytes is not { } content)
        {
            Cut(ref durable, change.Place);
            DurableLength = change.Place;
            return;
        }
        for (var start = 0; start < content.Length; start += Sector)
        {
            var part = content.AsSpan(start, Math.Min(Sector, content.Length - start));
            if (!isKept(start))
                continue;
            Apply(ref durable, change.Place + start, part);
            DurableLength = Math.Max(DurableLength, change.Place + start + part.Length);
        }
    }

    static void Apply(ref byte[] target, long place, ReadOnlySpan<byte> content)
    {
        var end = (int)place + content.Length;
        if (target.Length < end)
            Array.Resize(ref target, Math.Max(end, 2 * target.Length));
        content.CopyTo(target.AsSpan((int)place));
    }

    /// <summary>What lies behind a new end reads as zeros should the file grow again.</summary>
    static void Cut(ref byte[] target, long length)
    {
        if (length < target.Length)
            target.AsSpan((int)length).Clear();
    }
}

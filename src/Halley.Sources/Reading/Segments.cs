namespace Halley.Sources.Reading;

/// <summary>A growing list of values in blocks of fixed size, so that growing never copies or doubles.</summary>
sealed class Segments<T>
    where T : unmanaged
{
    const int BlockSize = 1 << 16;
    readonly List<T[]> blocks = [];
    int used = BlockSize;

    public int Count => blocks.Count == 0 ? 0 : (blocks.Count - 1) * BlockSize + used;

    /// <summary>Room for up to <paramref name="wanted"/> more values, at least one; <see cref="Commit"/> says how many were written.</summary>
    public Span<T> Room(int wanted)
    {
        if (used == BlockSize)
        {
            blocks.Add(GC.AllocateUninitializedArray<T>(BlockSize));
            used = 0;
        }
        return blocks[^1].AsSpan(used, Math.Min(wanted, BlockSize - used));
    }

    public void Commit(int written) => used += written;

    /// <summary>All values in one array; the blocks are let go on the way.</summary>
    public T[] ToArray()
    {
        var all = GC.AllocateUninitializedArray<T>(Count);
        for (var block = 0; block < blocks.Count; block++)
        {
            var start = block * BlockSize;
            blocks[block].AsSpan(0, Math.Min(BlockSize, all.Length - start)).CopyTo(all.AsSpan(start));
            blocks[block] = [];
        }
        blocks.Clear();
        used = BlockSize;
        return all;
    }
}

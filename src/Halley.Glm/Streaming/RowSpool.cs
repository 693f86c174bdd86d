using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Rows in a temporary file, column by column in chunks of few bytes a slot: written once, read as often as passes need.</summary>
/// <remarks>
/// A chunk is a whole number of the largest blocks that sums over rows are made of, so that sums chunk after chunk are those over
/// all rows at once, to the bit. The file is gone when the spool is disposed.
/// </remarks>
sealed class RowSpool : IDisposable
{
    /// <summary>Rows of a chunk are a multiple of this: the largest block of <see cref="RowBlocks.Accumulate"/>.</summary>
    internal const int RowUnit = 16 * RowBlocks.BlockSize;

    readonly SpoolColumn[] columns;
    readonly Dictionary<string, int> positions;
    readonly double[][] open;
    readonly FileStream file;
    readonly List<SpoolPart[]> chunks = [];
    int openRows;
    long flushed;

    /// <param name="folder">Where the file is made.</param>
    /// <param name="chunkRows">A multiple of <see cref="RowBlocks.BlockSize"/>.</param>
    /// <exception cref="Halley.Data.HalleyException">HLY2126: the file can't be made.</exception>
    internal RowSpool(string folder, IReadOnlyList<string> names, int chunkRows)
    {
        ChunkRows = chunkRows;
        columns = [.. names.Select(name => new SpoolColumn(name))];
        positions = names.Select((name, i) => (name, i)).ToDictionary(StringComparer.Ordinal);
        open = [.. names.Select(_ => new double[chunkRows])];
        var path = Path.Combine(folder, $"halley-rows-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw GlmErrors.NoSpool(folder, 0, inner);
        }
        Folder = folder;
    }

    internal string Folder { get; }

    internal int ChunkRows { get; }

    internal int ChunkCount => chunks.Count;

    internal int RowCount { get; private set; }

    internal bool IsDisposed { get; private set; }

    /// <summary>Bytes on disk.</summary>
    internal long Length => flushed;

    internal SpoolColumn this[string name] => columns[positions[name]];

    internal int RowsOf(int chunk) => Math.Min(ChunkRows, RowCount - chunk * ChunkRows);

    /// <summary>Adds rows; slots have shape (columns)(n or more).</summary>
    /// <exception cref="Halley.Data.HalleyException">HLY2126: the disk is full, or there are more rows than a fit can count.</exception>
    internal void Add(double[][] slots, int count)
    {
        if (RowCount > int.MaxValue - RowUnit - count)
            GlmErrors.ThrowTooManyRows();
        for (var from = 0; from < count; )
        {
            var n = Math.Min(count - from, ChunkRows - openRows);
            for (var c = 0; c < columns.Length; c++)
                slots[c].AsSpan(from, n).CopyTo(open[c].AsSpan(openRows));
            (from, openRows, RowCount) = (from + n, openRows + n, RowCount + n);
            if (openRows == ChunkRows)
                Flush();
        }
    }

    /// <summary>Ends the writing.</summary>
    internal void Complete()
    {
        if (openRows > 0)
            Flush();
        Array.Clear(open);
    }

    /// <summary>Reads a chunk's column as it stands in the file.</summary>
    /// <param name="bytes">Room for eight bytes a row.</param>
    /// <returns>Bytes a slot.</returns>
    internal int Load(int chunk, string name, Span<byte> bytes)
    {
        if (IsDisposed)
            GlmErrors.ThrowNoRows();
        var part = chunks[chunk][positions[name]];
        bytes = bytes[..(RowsOf(chunk) * part.Width)];
        for (var read = 0; read < bytes.Length; )
            read += RandomAccess.Read(file.SafeFileHandle, bytes[read..], part.Offset + read);
        return part.Width;
    }

    public void Dispose()
    {
        IsDisposed = true;
        file.Dispose();
    }

    void Flush()
    {
        var parts = new SpoolPart[columns.Length];
        var bytes = new byte[columns.Length][];
        WorkItems.For(
            columns.Length,
            0,
            c =>
            {
                bytes[c] = new byte[openRows * sizeof(double)];
                parts[c] = new(0, columns[c].Encode(open[c].AsSpan(0, openRows), RowCount - openRows, bytes[c]));
            },
            CancellationToken.None
        );
        for (var c = 0; c < columns.Length; c++)
        {
            parts[c] = parts[c] with { Offset = flushed };
            Write(bytes[c].AsSpan(0, openRows * parts[c].Width));
        }
        chunks.Add(parts);
        openRows = 0;
    }

    void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, flushed);
        }
        catch (IOException inner)
        {
            throw GlmErrors.NoSpool(Folder, flushed, inner);
        }
        flushed += bytes.Length;
    }
}

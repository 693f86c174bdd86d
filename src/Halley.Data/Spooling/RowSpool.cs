using Halley.Kernels;

namespace Halley.Data;

/// <summary>Rows in a temporary file, column by column in chunks of few bytes a slot: written once, read as often as passes need.</summary>
/// <remarks>
/// A chunk is a whole number of the largest blocks that sums over rows are made of, so that sums chunk after chunk are those over
/// all rows at once, to the bit. The file is gone when the spool is disposed.
/// </remarks>
public sealed class RowSpool : IDisposable
{
    /// <summary>Rows of a chunk are a multiple of this: the largest block of <see cref="RowBlocks.Accumulate"/>.</summary>
    public const int RowUnit = RowBlocks.LargestBlock;

    readonly SpoolColumn[] columns;
    readonly Dictionary<string, int> positions;
    readonly double[][] open;
    readonly SpoolFile file;
    readonly List<SpoolPart[]> chunks = [];
    int openRows;

    /// <param name="folder">Where the file is made.</param>
    /// <param name="chunkRows">A multiple of <see cref="RowBlocks.BlockSize"/>.</param>
    /// <exception cref="HalleyException">HLY2126: the file can't be made.</exception>
    public RowSpool(string folder, IReadOnlyList<string> names, int chunkRows)
    {
        ChunkRows = chunkRows;
        columns = [.. names.Select(name => new SpoolColumn(name))];
        positions = names.Select((name, i) => (name, i)).ToDictionary(StringComparer.Ordinal);
        open = [.. names.Select(_ => new double[chunkRows])];
        file = new(folder);
    }

    public int ChunkRows { get; }

    public int ChunkCount => chunks.Count;

    public int RowCount { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Bytes on disk.</summary>
    public long Length => file.Length;

    public SpoolColumn this[string name] => columns[positions[name]];

    public int RowsOf(int chunk) => Math.Min(ChunkRows, RowCount - chunk * ChunkRows);

    /// <summary>Adds rows; slots have shape (columns)(n or more).</summary>
    /// <exception cref="HalleyException">HLY2126: the disk is full, or there are more rows than a fit can count.</exception>
    public void Add(double[][] slots, int count)
    {
        if (RowCount > int.MaxValue - RowUnit - count)
            throw SpoolFile.TooManyRows();
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
    public void Complete()
    {
        if (openRows > 0)
            Flush();
        Array.Clear(open);
    }

    /// <summary>Reads a chunk's column as it stands in the file.</summary>
    /// <param name="bytes">Room for eight bytes a row.</param>
    /// <returns>Bytes a slot.</returns>
    public int Load(int chunk, string name, Span<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var part = chunks[chunk][positions[name]];
        bytes = bytes[..(RowsOf(chunk) * part.Width)];
        file.Read(part.Offset, bytes);
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
            parts[c] = parts[c] with { Offset = file.Append(bytes[c].AsSpan(0, openRows * parts[c].Width)) };
        chunks.Add(parts);
        openRows = 0;
    }
}

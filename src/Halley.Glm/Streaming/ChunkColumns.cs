using Halley.Data;

namespace Halley.Glm;

/// <summary>The columns of one chunk, loaded as they stand in the spool; only what a design needs to be encoded.</summary>
sealed class ChunkColumns : LearnColumns
{
    readonly RowSpool spool;
    readonly Dictionary<string, (byte[] Bytes, int Width)> loaded = new(StringComparer.Ordinal);

    ChunkColumns(RowSpool spool, int rowCount) => (this.spool, RowCount) = (spool, rowCount);

    internal override int RowCount { get; }

    /// <summary>Loads a chunk.</summary>
    /// <param name="buffers">Room by column, made where it is lacking: passes use the same room again and again.</param>
    internal static ChunkColumns Load(RowSpool spool, int chunk, IEnumerable<string> names, Dictionary<string, byte[]> buffers)
    {
        if (spool.IsDisposed)
            GlmErrors.ThrowNoRows();
        var columns = new ChunkColumns(spool, spool.RowsOf(chunk));
        foreach (var name in names)
        {
            if (!buffers.TryGetValue(name, out var bytes))
                buffers.Add(name, bytes = new byte[spool.ChunkRows * sizeof(double)]);
            columns.loaded.Add(name, (bytes, spool.Load(chunk, name, bytes)));
        }
        return columns;
    }

    /// <summary>No rows at all: for the shape of a design.</summary>
    internal static ChunkColumns Empty(RowSpool spool) => new(spool, 0);

    internal override void Read(string column, int start, Span<double> slots)
    {
        if (slots.IsEmpty)
            return;
        var (bytes, width) = loaded[column];
        spool[column].Decode(bytes, width, start, slots);
    }

    internal override Column Head(string column) => throw Elsewhere();

    internal override int MissingIn(string column) => throw Elsewhere();

    internal override int FirstMissingIn(string column) => throw Elsewhere();

    internal override bool[] UsedCodes(string column) => throw Elsewhere();

    internal override int OriginalRow(int row) => throw Elsewhere();

    internal override void ForEach(string column, SlotVisitor visit) => throw Elsewhere();

    internal override void ForEach(IReadOnlyList<string> columns, Action<double[][], int> visit) => throw Elsewhere();

    internal override ValueCounts Counts(string column) => throw Elsewhere();

    static InvalidOperationException Elsewhere() => new("terms are settled on all rows, not on a chunk of them.");
}

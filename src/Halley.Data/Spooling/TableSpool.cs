using Halley.Data.Expressions;

namespace Halley.Data;

/// <summary>A table in a temporary file: taken in batch after batch, read again as often as wanted, in batches that depend on nothing but the rows.</summary>
/// <remarks>Few bytes a row and column of few values (<see cref="SpoolColumn"/>); texts as they are. Gone when it is disposed.</remarks>
public sealed class TableSpool : ITableBatches, IDisposable
{
    readonly Column[] heads;
    readonly RowSpool slots;
    readonly SpoolFile? texts;
    readonly Dictionary<string, TextSpool> textColumns = new(StringComparer.Ordinal);

    TableSpool(Table first, string folder, int batchRows)
    {
        heads = [.. first.Columns.Select(column => column.Take([]))];
        slots = new(folder, [.. heads.Where(head => head is not TextColumn).Select(head => head.Name)], batchRows);
        foreach (var head in heads.OfType<TextColumn>())
            textColumns.Add(head.Name, new(texts ??= new(folder), batchRows));
    }

    /// <summary>Rows of the table.</summary>
    public int RowCount { get; private set; }

    /// <summary>Bytes on disk.</summary>
    public long Length => slots.Length + (texts?.Length ?? 0);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. heads.Select(head => head.Name)];

    /// <summary>The columns without rows: kinds and levels.</summary>
    public Table Empty => new(heads);

    /// <summary>Takes in all rows of a source.</summary>
    /// <param name="columns">The columns to keep.</param>
    /// <param name="folder">Where the file is made.</param>
    /// <param name="batchRows">Rows of a batch when it is read again.</param>
    /// <returns>Null where the source has no batch at all, and so no kinds of columns.</returns>
    /// <exception cref="HalleyException">HLY2170: batches of one source differ in kinds or levels; HLY2126: the disk; else as the source says.</exception>
    public static TableSpool? Of(
        ITableBatches source,
        IReadOnlyList<string> columns,
        string folder,
        int batchRows = RowSpool.RowUnit,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        TableSpool? spool = null;
        try
        {
            foreach (var batch in source.Read(columns, progress, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                spool ??= new(batch, folder, batchRows);
                spool.Add(batch);
            }
            spool?.Complete();
            return spool;
        }
        catch
        {
            spool?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Table> Read(
        IReadOnlyList<string> columns,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var chosen = Empty.Select(columns).Columns;
        var bytes = new byte[slots.ChunkRows * sizeof(double)];
        var chunkCount = (int)(((long)RowCount + slots.ChunkRows - 1) / slots.ChunkRows);
        for (var chunk = 0; chunk < chunkCount; chunk++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(slots.ChunkRows, RowCount - chunk * slots.ChunkRows);
            yield return new(chosen.Select(head => Load(head, chunk, rows, bytes)).ToArray());
            progress?.Report(new("reading", (chunk + 1.0) / chunkCount));
        }
    }

    public void Dispose()
    {
        slots.Dispose();
        texts?.Dispose();
    }

    void Add(Table batch)
    {
        var values = new List<double[]>();
        foreach (var head in heads)
        {
            var column = batch[head.Name];
            Check(head, column);
            if (column is TextColumn text)
            {
                textColumns[head.Name].Add(text.Values);
                continue;
            }
            values.Add(new double[batch.RowCount]);
            column.CopySlots(0, values[^1]);
        }
        slots.Add([.. values], batch.RowCount);
        RowCount = checked(RowCount + batch.RowCount);
    }

    void Complete()
    {
        slots.Complete();
        foreach (var column in textColumns.Values)
            column.Complete();
    }

    Column Load(Column head, int chunk, int rows, byte[] bytes)
    {
        if (head is TextColumn)
            return new TextColumn(head.Name, textColumns[head.Name].Load(chunk, rows));
        var values = new double[rows];
        slots[head.Name].Decode(bytes, slots.Load(chunk, head.Name, bytes), 0, values);
        return SlotColumns.ToColumn(head.Name, SlotType.Of(head), values);
    }

    static void Check(Column head, Column column)
    {
        var isSame =
            head.Kind == column.Kind
            && (head is not CategoricalColumn category || category.Levels.SequenceEqual(((CategoricalColumn)column).Levels));
        if (!isSame)
            throw new HalleyException(
                "HLY2170",
                $"column '{head.Name}' is of kind {head.Kind.ToString().ToLowerInvariant()} in the first batch and {column.Kind.ToString().ToLowerInvariant()}, or of other levels, in a later one. Read all batches by one schema."
            );
    }
}

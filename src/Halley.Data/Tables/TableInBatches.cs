namespace Halley.Data;

/// <summary>A table in memory, shown batch by batch.</summary>
/// <param name="batchRows">Rows of a batch, at least 1.</param>
public sealed class TableInBatches(Table table, int batchRows = 65_536) : ITableBatches
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. table.Columns.Select(column => column.Name)];

    /// <inheritdoc/>
    public IEnumerable<Table> Read(
        IReadOnlyList<string> columns,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var chosen = table.Select(columns);
        for (var start = 0; start < chosen.RowCount; start += batchRows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return chosen.Take([.. Enumerable.Range(start, Math.Min(batchRows, chosen.RowCount - start))]);
            progress?.Report(new("reading", Math.Min(1, (start + batchRows) / (double)chosen.RowCount)));
        }
    }
}

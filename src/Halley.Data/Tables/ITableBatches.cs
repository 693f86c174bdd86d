namespace Halley.Data;

/// <summary>A table that need not fit into memory: read batch by batch, again and again, in one order of rows.</summary>
public interface ITableBatches
{
    /// <summary>Names of all columns.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Reads all rows; a category has the same levels in every batch.</summary>
    /// <param name="columns">The columns to read, in this order.</param>
    /// <param name="progress">Told which share of the rows is read; null for nobody.</param>
    /// <exception cref="HalleyException">HLY1001: there is no such column; else as the source at fault says.</exception>
    IEnumerable<Table> Read(
        IReadOnlyList<string> columns,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    );
}

using Halley.Sources.Reading;
using Halley.Sources.Writing;

namespace Halley.Sources;

/// <summary>A file that tables are written to one behind the other, all of the same columns: a file larger than memory.</summary>
/// <remarks>The file appears under its name with <see cref="Finish"/>; without it nothing is left behind.</remarks>
public abstract class TableSink : IDisposable
{
    private protected TableSink() { }

    /// <summary>Opens a file to write to; the path's extension says the format, as for <see cref="TableWriter"/>.</summary>
    /// <exception cref="HalleyException">HLY1517: unknown extension; HLY1127 (CSV), HLY1513 (Parquet): the file can't be written.</exception>
    public static TableSink Open(string path, CancellationToken cancellation = default)
    {
        var format = FileFormats.Of(path) ?? throw SourceErrors.UnwritableFormat(path);
        return format == FileFormat.Parquet ? new ParquetSink(path, null, cancellation) : new CsvSink(path, cancellation);
    }

    /// <summary>Writes some rows behind those before.</summary>
    /// <exception cref="HalleyException">As for opening.</exception>
    public abstract void Add(Table rows);

    /// <summary>Ends the file and puts it under its name, in place of one that was there.</summary>
    /// <exception cref="HalleyException">As for opening.</exception>
    public abstract void Finish();

    /// <summary>Removes what was not finished.</summary>
    public abstract void Dispose();
}

using System.IO.Compression;
using Halley.Sources.Reading;

namespace Halley.Sources.Writing;

/// <summary>Writes CSV, through gzip where the name ends in <c>.gz</c>.</summary>
sealed class CsvSink : TableSink
{
    readonly string path;
    readonly CancellationToken cancellation;
    readonly CsvOptions options;
    readonly Stream stream;
    bool hasHeader;

    public CsvSink(string path, CancellationToken cancellation)
    {
        (this.path, this.cancellation) = (path, cancellation);
        options = FileFormats.IsTabbed(path) ? new() { Separator = '\t' } : new();
        stream = Guarded(() =>
        {
            var file = new FileStream(Unfinished, FileMode.Create, FileAccess.Write, FileShare.None);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionLevel.Optimal)
                : (Stream)file;
        });
    }

    string Unfinished => path + ".part";

    public override void Add(Table rows) =>
        Guarded(() =>
        {
            if (hasHeader)
                CsvWriter.Append(rows, stream, options, cancellation);
            else
                CsvWriter.Write(rows, stream, options, cancellation);
            return hasHeader = true;
        });

    public override void Finish() =>
        Guarded(() =>
        {
            stream.Dispose();
            File.Move(Unfinished, path, overwrite: true);
            return true;
        });

    public override void Dispose()
    {
        try
        {
            stream.Dispose();
            File.Delete(Unfinished);
        }
        // A full disk was told by the write that met it; what could not be removed stays under its unfinished name.
        catch (IOException) { }
    }

    T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw new HalleyException(
                "HLY1127",
                $"'{path}' can't be written: {inner.Message} Check the folder, your rights and the free space.",
                FaultKind.Environment,
                inner
            );
        }
    }
}

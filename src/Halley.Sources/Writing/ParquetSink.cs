using System.Globalization;
using Halley.Sources.DuckDb;
using Halley.Sources.Reading;

namespace Halley.Sources.Writing;

/// <summary>Writes Parquet (zstd): each table a file of its own beside the path, joined at the end row group by row group.</summary>
/// <remarks>Whether a column of numbers is one of integers is known only at the end, so that the parts may differ in it.</remarks>
sealed class ParquetSink : TableSink
{
    readonly string path;
    readonly DuckSession session;
    readonly List<string> parts = [];

    public ParquetSink(string path, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        this.path = path;
        session = new(Environment.ProcessorCount, $"writing {Path.GetFileName(path)}", progress, cancellation);
    }

    public override void Add(Table rows) =>
        Guarded(() =>
        {
            var part = $"{path}.part{parts.Count.ToString(CultureInfo.InvariantCulture)}";
            parts.Add(part);
            TableLoader.Load(session, "written", rows);
            Copy("written", part);
            session.Run("DROP TABLE written");
        });

    public override void Finish() =>
        Guarded(() =>
        {
            if (parts.Count > 1)
                Join();
            File.Move(parts[0], path, overwrite: true);
        });

    public override void Dispose()
    {
        session.Dispose();
        try
        {
            foreach (var part in parts)
                File.Delete(part);
        }
        // What could not be removed stays under its unfinished name.
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException) { }
    }

    void Join()
    {
        var files = string.Join(", ", parts.Select(part => Sql.Text(Path.GetFullPath(part))));
        var joined = path + ".part";
        parts.Insert(0, joined);
        Copy($"(SELECT * FROM read_parquet([{files}], union_by_name = true))", joined);
    }

    void Copy(string rows, string file) =>
        session.Run($"COPY {rows} TO {Sql.Text(Path.GetFullPath(file))} (FORMAT parquet, COMPRESSION zstd)");

    void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception inner) when (inner is DuckFailure or IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.Unwritable(path, inner);
        }
    }
}

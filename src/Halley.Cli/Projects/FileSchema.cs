using Halley.Data;
using Halley.Sources;

namespace Halley.Cli;

/// <summary>The schema of a user's file, and its rows.</summary>
static class FileSchema
{
    /// <summary>Reads a file and tells what its columns are.</summary>
    public static (Schema Schema, Table Table) Read(string path, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new HalleyException("HLY7041", $"there is no file '{path}'. Check the path.");
        var schema = TableReader.Infer(path, new() { Progress = progress.Part(0, 0.5) }, cancellation).Schema;
        var table = TableReader.Read(path, schema, new() { Progress = progress.Part(0.5, 1) }, cancellation);
        if (table.RowCount == 0)
            throw new HalleyException("HLY7045", $"the file '{path}' has a header and no rows below it. Check what wrote it.");
        return (schema, table);
    }

    /// <summary>The schema of a table as it stands.</summary>
    public static (Schema Schema, Table Table) Of(Table table) => (SchemaInference.Of(table).Schema, table);
}

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
        return (schema, TableReader.Read(path, schema, new() { Progress = progress.Part(0.5, 1) }, cancellation));
    }

    /// <summary>The schema of a table as it stands.</summary>
    public static (Schema Schema, Table Table) Of(Table table) => (SchemaInference.Of(table).Schema, table);
}

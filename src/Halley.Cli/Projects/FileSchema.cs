using Halley.Data;
using Halley.Sources;

namespace Halley.Cli;

/// <summary>The schema of a user's file, and its rows.</summary>
static class FileSchema
{
    /// <summary>Reads a file and tells what its columns are: inferred for CSV, from the file's own types for Parquet.</summary>
    public static (Schema Schema, Table Table) Read(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new HalleyException("HLY7041", $"there is no file '{path}'. Check the path.");
        if (!path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            var inferred = CsvReader.Infer(path, cancellation: cancellation).Schema;
            return (inferred, TableReader.Read(path, inferred, cancellation: cancellation));
        }
        return Of(TableReader.Read(path, cancellation: cancellation));
    }

    /// <summary>The schema of a table as it stands.</summary>
    public static (Schema Schema, Table Table) Of(Table table) => (new(table.Columns.Select(FieldOf)), table);

    static Field FieldOf(Column column) =>
        new()
        {
            Name = column.Name,
            Kind = column.Kind,
            Role = RoleGuess.Of(column.Name, column.Kind, Smallest(column), column.MissingCount),
            Levels = (column as CategoricalColumn)?.Levels,
            WhenMissing = column.MissingCount > 0 ? ValueRule.Missing : ValueRule.Reject,
        };

    static double Smallest(Column column) =>
        column is NumericColumn numbers ? numbers.Values.ToArray().Where(double.IsFinite).DefaultIfEmpty(0).Min() : 0;
}

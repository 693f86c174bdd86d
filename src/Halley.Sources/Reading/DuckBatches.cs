using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Rows of a Parquet file in batches, each brought under the schema.</summary>
sealed class DuckBatches : IDisposable
{
    readonly DuckSession session;
    readonly string path;
    readonly Schema schema;
    readonly int batchRows;
    readonly ColumnRequest[] requests;
    readonly DuckResult result;
    bool isAtEnd;

    /// <exception cref="HalleyException">HLY1510: the file can't be read.</exception>
    public DuckBatches(DuckSession session, string path, Schema schema, int batchRows)
    {
        (this.session, this.path, this.schema, this.batchRows) = (session, path, schema, batchRows);
        (requests, result) = Guarded(() =>
        {
            var own = DuckTable.RequestsOf(session, From, $"'{path}'", schema);
            // A file without the columns is refused by the first batch, which names them all.
            var select = own.Select(request => $"CAST({Sql.Name(request.Name)} AS {ColumnBuilder.For(request).SqlType})");
            return (own, session.Stream($"SELECT {string.Join(", ", select.DefaultIfEmpty("1"))} FROM {From}"));
        });
    }

    string From => $"read_parquet({Sql.File(path)})";

    /// <summary>Rows of the whole file.</summary>
    public long CountRows() =>
        Guarded(() =>
        {
            using var other = new DuckSession(1, "counting", null);
            using var count = other.Stream($"SELECT CAST(num_rows AS DOUBLE) FROM parquet_file_metadata({Sql.File(path)})");
            return count.Next() ? (long)count.Column(0).Values<double>()[0] : 0;
        });

    /// <summary>The next batch; null after the last.</summary>
    /// <param name="firstRow">Rows that came before it.</param>
    public Table? Next(long firstRow) =>
        Guarded(() =>
        {
            var (builders, rows) = (Array.ConvertAll(requests, ColumnBuilder.For), 0);
            while (rows < batchRows && !isAtEnd)
            {
                isAtEnd = !result.Next();
                if (isAtEnd)
                    break;
                for (var column = 0; column < builders.Length; column++)
                    builders[column].Append(result.Column(column));
                rows += result.RowCount;
            }
            if (rows == 0 && firstRow > 0)
                return null;
            var table = new Table(builders.Select(builder => builder.Build()));
            var applied = SchemaCheck.Apply(schema, table, $"'{path}'", firstRow);
            return rows == 0 ? null : applied;
        });

    public void Dispose() => result.Dispose();

    T Guarded<T>(Func<T> read)
    {
        try
        {
            session.ThrowIfCancelled();
            return read();
        }
        catch (DuckFailure failure)
        {
            throw SourceErrors.OfFile(path, failure);
        }
    }
}

using DuckDB.NET.Native;
using Halley.Sources.DuckDb;
using static DuckDB.NET.Native.NativeMethods;

namespace Halley.Sources.Writing;

/// <summary>Copies a table into a DuckDB session, chunk by chunk.</summary>
static class TableLoader
{
    /// <summary>Makes a table of that name; categories become an ENUM of their levels.</summary>
    public static void Load(DuckSession session, string name, Table table)
    {
        var columns = table.Columns.Select(ColumnSink.For).ToArray();
        var declared = columns.Select(column => $"{Sql.Name(column.Name)} {column.SqlType}");
        session.Run($"CREATE TABLE {Sql.Name(name)} ({string.Join(", ", declared)})");
        if (Appender.DuckDBAppenderCreate(session.Native, null!, name, out var appender) != DuckDBState.Success)
            throw Failure(appender);
        using (appender)
            Append(appender, columns, table.RowCount);
    }

    static void Append(DuckDBAppender appender, ColumnSink[] columns, int rowCount)
    {
        var types = columns.Select((_, i) => Appender.DuckDBAppenderColumnType(appender, (ulong)i)).ToArray();
        try
        {
            using var chunk = DataChunks.DuckDBCreateDataChunk(
                Array.ConvertAll(types, type => type.DangerousGetHandle()),
                (ulong)types.Length
            );
            var capacity = (int)Helpers.DuckDBVectorSize();
            for (var start = 0; start < rowCount; start += capacity)
            {
                DataChunks.DuckDBDataChunkReset(chunk);
                var size = Math.Min(capacity, rowCount - start);
                for (var i = 0; i < columns.Length; i++)
                    columns[i].Write(start, new(DataChunks.DuckDBDataChunkGetVector(chunk, i), size));
                DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)size);
                if (Appender.DuckDBAppendDataChunk(appender, chunk) != DuckDBState.Success)
                    throw Failure(appender);
            }
            if (Appender.DuckDBAppenderClose(appender) != DuckDBState.Success)
                throw Failure(appender);
        }
        finally
        {
            foreach (var type in types)
                type.Dispose();
        }
    }

    static DuckFailure Failure(DuckDBAppender appender)
    {
        using var error = Appender.DuckDBAppenderErrorData(appender);
        return new(ErrorData.DuckDBErrorDataMessage(error));
    }
}

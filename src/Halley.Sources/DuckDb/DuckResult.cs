using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Halley.Sources.DuckDb;

/// <summary>Rows of a running query, chunk by chunk, in the query's order.</summary>
sealed class DuckResult : IDisposable
{
    readonly DuckSession session;
    DuckDBResult result;
    DuckDBDataChunk? chunk;

    public DuckResult(DuckSession session, DuckDBResult result)
    {
        this.session = session;
        this.result = result;
        Names = [.. Enumerable.Range(0, (int)Query.DuckDBColumnCount(ref result)).Select(Name)];
        Types = [.. Enumerable.Range(0, Names.Count).Select(Type)];
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<DuckDBType> Types { get; }

    /// <summary>Rows in the current chunk.</summary>
    public int RowCount { get; private set; }

    /// <summary>Goes to the next chunk; the vectors of the last one are gone then.</summary>
    /// <exception cref="DuckFailure">The query failed while running.</exception>
    public bool Next()
    {
        session.ThrowIfCancelled();
        chunk?.Dispose();
        chunk = Query.DuckDBFetchChunk(result);
        if (!chunk.IsInvalid)
        {
            RowCount = (int)DataChunks.DuckDBDataChunkGetSize(chunk);
            return RowCount > 0;
        }
        if (!string.IsNullOrEmpty(Query.DuckDBResultError(ref result)))
            throw session.Failure(ref result);
        return false;
    }

    public DuckVector Column(int position) => new(DataChunks.DuckDBDataChunkGetVector(chunk!, position), RowCount);

    public void Dispose()
    {
        chunk?.Dispose();
        Query.DuckDBDestroyResult(ref result);
    }

    string Name(int position) => Query.DuckDBColumnName(ref result, position);

    DuckDBType Type(int position) => Query.DuckDBColumnType(ref result, position);
}

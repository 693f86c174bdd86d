using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Halley.Registry;

/// <summary>A prepared statement that is run often. Parameters are numbered from 1, in the order of the text.</summary>
/// <remarks>A command of the ADO.NET provider costs several times the insert itself: it makes a reader and boxes every value.</remarks>
sealed class SqliteStatement : IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt statement;

    internal SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new InvalidOperationException("the connection is closed.");
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    internal void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(statement, parameter, value));

    internal void Bind(int parameter, string value) => Check(raw.sqlite3_bind_text(statement, parameter, value));

    internal void Bind(int parameter, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(statement, parameter, value));

    /// <summary>Null where there is no value.</summary>
    internal void Bind(int parameter, byte[]? value)
    {
        if (value is null)
            Check(raw.sqlite3_bind_null(statement, parameter));
        else
            Bind(parameter, value.AsSpan());
    }

    internal void Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Bind(parameter, bytes);
    }

    /// <summary>Runs the statement and returns the rows it changed.</summary>
    internal int Run()
    {
        var result = raw.sqlite3_step(statement);
        // Reset repeats the step's error; the step's own is the one to report.
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
        return raw.sqlite3_changes(database);
    }

    public void Dispose() => statement.Dispose();

    void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}

using System.Data.Common;

namespace Halley.Registry;

/// <summary>Short forms of the calls that a store makes on any database.</summary>
static class SqlQueries
{
    /// <summary>Runs a statement and returns the rows it changed.</summary>
    internal static async Task<int> RunAsync(
        this DbConnection connection,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>First column of the first row, or the default where there is no row or it is null.</summary>
    internal static async Task<T?> ScalarAsync<T>(
        this DbConnection connection,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is T value ? value : default;
    }

    /// <summary>All rows of a query, each turned into a value.</summary>
    internal static async Task<List<T>> ListAsync<T>(
        this DbConnection connection,
        Func<DbDataReader, T> read,
        string sql,
        CancellationToken cancellation,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    static DbCommand Command(this DbConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

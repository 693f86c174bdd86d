using Npgsql;

namespace Halley.Registry;

/// <summary>Short forms of the calls that a writer makes on a connection of its own. Parameters are numbered <c>$1</c>, <c>$2</c>, …</summary>
static class PostgresQueries
{
    internal static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    internal static int Run(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>First column of the first row, or the default where there is no row or it is null.</summary>
    internal static T? Scalar<T>(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar() is T value ? value : default;
    }
}

using Halley.Data;
using Microsoft.Data.Sqlite;

namespace Halley.Registry;

/// <summary>The table of keys.</summary>
static class SqliteClaims
{
    internal static ClaimHolder? Holder(SqliteConnection connection, string space, string key) =>
        connection
            .List<ClaimHolder?>(
                row => new ClaimHolder(
                    new(row.GetFieldValue<byte[]>(0), bigEndian: true),
                    ContentHash.FromBytes(row.GetFieldValue<byte[]>(1))
                ),
                "SELECT record, content FROM claim WHERE space = $space AND key = $key",
                ("$space", space),
                ("$key", key)
            )
            .FirstOrDefault();
}

using Npgsql;

namespace Halley.Registry;

/// <summary>Takes the keys of a group in the table of keys.</summary>
static class PostgresClaims
{
    /// <summary>Takes the key of each entry that has one; for each entry the holder where another record has its key.</summary>
    internal static ClaimHolder?[] Take(NpgsqlConnection connection, IReadOnlyList<LogEntry> entries)
    {
        var holders = new ClaimHolder?[entries.Count];
        // 1. Of several entries of the group with one key, the first may have it.
        var first = new Dictionary<(string, string), int>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Claim is { } claim)
                first.TryAdd((claim.Space, claim.Key), i);
        }
        if (first.Count == 0)
            return holders;
        // 2. In one order for all writers: two groups that wait for each other's keys would never end.
        var candidates = first
            .Values.Select(i =>
                (Index: i, Claim: entries[i].Claim!.Value, Key: PostgresLogStore.KeyHash(entries[i].Claim!.Value.Key))
            )
            .OrderBy(candidate => candidate.Claim.Space, StringComparer.Ordinal)
            .ThenBy(candidate => Convert.ToHexString(candidate.Key), StringComparer.Ordinal)
            .ToList();
        var spaces = candidates.Select(candidate => candidate.Claim.Space).ToArray();
        var keys = candidates.Select(candidate => candidate.Key).ToArray();
        var ids = candidates.Select(candidate => entries[candidate.Index].Id).ToArray();
        var contents = candidates.Select(candidate => candidate.Claim.Content.ToBytes()).ToArray();
        var taken = Insert(connection, spaces, keys, ids, contents);
        // 3. Who holds the others.
        if (taken.Count < candidates.Count)
        {
            var held = Holders(connection, spaces, keys);
            for (var place = 0; place < candidates.Count; place++)
            {
                if (!taken.Contains(ids[place]))
                    holders[candidates[place].Index] = held[place + 1];
            }
        }
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Claim is not { } claim || first[(claim.Space, claim.Key)] is var winner && winner == i)
                continue;
            holders[i] = holders[winner] ?? new ClaimHolder(entries[winner].Id, entries[winner].Claim!.Value.Content);
        }
        return holders;
    }

    static HashSet<Guid> Insert(NpgsqlConnection connection, string[] spaces, byte[][] keys, Guid[] ids, byte[][] contents)
    {
        using var command = connection.Command(
            """
            INSERT INTO claim (space, key, record, content)
            SELECT space, key, record, content
            FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS new (space, key, record, content, place)
            ORDER BY place
            ON CONFLICT DO NOTHING RETURNING record
            """,
            spaces,
            keys,
            ids,
            contents
        );
        using var rows = command.ExecuteReader();
        var taken = new HashSet<Guid>();
        while (rows.Read())
            taken.Add(rows.GetGuid(0));
        return taken;
    }

    /// <summary>Holders by the key's place, from 1.</summary>
    static Dictionary<long, ClaimHolder> Holders(NpgsqlConnection connection, string[] spaces, byte[][] keys)
    {
        using var command = connection.Command(
            """
            SELECT claim.record, claim.content, wanted.place
            FROM unnest($1, $2) WITH ORDINALITY AS wanted (space, key, place)
            JOIN claim ON claim.space = wanted.space AND claim.key = wanted.key
            """,
            spaces,
            keys
        );
        using var rows = command.ExecuteReader();
        var holders = new Dictionary<long, ClaimHolder>();
        while (rows.Read())
            holders.Add(rows.GetInt64(2), PostgresLogStore.ReadHolder(rows));
        return holders;
    }
}

using System.Text.Json;
using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Names of the tables that a query reads from, as DuckDB's own parser sees them.</summary>
static class TableNames
{
    /// <summary>The names; none where the text does not parse, which running it will then report.</summary>
    public static IReadOnlySet<string> Of(DuckSession session, string sql)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var result = session.Stream($"SELECT CAST(json_serialize_sql({Sql.Text(sql)}) AS VARCHAR)");
        while (result.Next())
        {
            foreach (ref readonly var slot in result.Column(0).Values<StringSlot>())
                Collect(DuckVector.Bytes(in slot), names);
        }
        return names;
    }

    static void Collect(ReadOnlySpan<byte> json, HashSet<string> names)
    {
        // A query is as deep as its author likes; the reader's default of 64 levels is soon passed.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 10_000 });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("table_name"u8))
                continue;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                names.Add(reader.GetString()!);
        }
    }
}

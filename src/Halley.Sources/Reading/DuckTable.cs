using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Reads what a FROM clause yields into a table, and brings it under a schema.</summary>
static class DuckTable
{
    /// <param name="from">Anything that SQL can select from.</param>
    /// <param name="place">What to call it in errors.</param>
    /// <exception cref="DuckFailure">DuckDB can't read it.</exception>
    /// <exception cref="HalleyException">Columns or values are not what the schema declares.</exception>
    public static Table Read(DuckSession session, string from, string place, Schema? schema)
    {
        var requests = RequestsOf(session, from, place, schema);
        while (true)
        {
            try
            {
                var table = ReadColumns(session, from, requests);
                return SchemaCheck.Apply(schema ?? SchemaInference.Of(table).Schema, table, place);
            }
            catch (GuessRefuted refuted)
            {
                var position = Array.FindIndex(requests, request => request.Name == refuted.Column);
                requests[position] = requests[position] with { Kind = FieldKind.Text };
            }
        }
    }

    /// <summary>The columns that the schema names, or all; a missing one is left to the check, which names all of them.</summary>
    public static ColumnRequest[] RequestsOf(DuckSession session, string from, string place, Schema? schema)
    {
        using var description = session.Stream($"SELECT * FROM {from} LIMIT 0");
        return
        [
            .. description
                .Names.Select((name, column) => (Name: name, Type: description.Types[column], Field: schema?.Find(name)))
                .Where(column => schema is null || column.Field is not null)
                .Select(column => ColumnRequest.Of(column.Name, column.Type, column.Field?.Kind, place)),
        ];
    }

    static Table ReadColumns(DuckSession session, string from, ColumnRequest[] requests)
    {
        var builders = Array.ConvertAll(requests, ColumnBuilder.For);
        if (builders.Length == 0)
            return new([]);
        var select = builders.Select((builder, i) => $"CAST({Sql.Name(requests[i].Name)} AS {builder.SqlType})");
        using (var result = session.Stream($"SELECT {string.Join(", ", select)} FROM {from}"))
        {
            while (result.Next())
            {
                for (var column = 0; column < builders.Length; column++)
                    builders[column].Append(result.Column(column));
            }
        }
        return new(builders.Select(builder => builder.Build()));
    }
}

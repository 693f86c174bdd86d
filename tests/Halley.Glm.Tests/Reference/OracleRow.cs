using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>A row of one of the oracles' files.</summary>
readonly record struct OracleRow(Table Table, int Row)
{
    internal static IReadOnlyList<OracleRow> Read(string file, Func<Func<string, string?>, bool> keep)
    {
        var table = CsvReader.Read(SharedData.Path("oracles/glm/" + file), options: new() { MissingTexts = ["NA"] });
        return
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .Where(row => keep(column => table[column].TextAt(row)))
                .Select(row => new OracleRow(table, row)),
        ];
    }

    internal string Text(string column) => Table[column].TextAt(Row)!;

    internal double Number(string column) => Table.Numeric(column).Values[Row];
}

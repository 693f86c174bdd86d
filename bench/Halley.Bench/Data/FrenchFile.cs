using DuckDB.NET.Data;
using Halley.Data;
using Halley.Sources;

namespace Halley.Bench;

/// <summary>The French motor file, read by Halley and by DuckDB with the same column types and two threads.</summary>
static class FrenchFile
{
    public const string Relative = "data/fremtpl2/freMTPL2_clean.csv.gz";
    const int Threads = 2;

    static readonly string[] Numbers = ["ClaimNb", "VehPower", "VehAge", "DrivAge", "BonusMalus", "Density", "ClaimTotal"];
    static readonly string[] Categories = ["Area", "VehBrand", "VehGas", "Region", "split"];

    // In the file's order; categories without declared levels are collected while reading.
    static Schema Schema { get; } =
        new([
            Field("IDpol", FieldKind.Number),
            .. Numbers.Select(name => Field(name, FieldKind.Number)),
            Field("Exposure", FieldKind.Exposure),
            .. Categories.Select(name => Field(name, FieldKind.Category)),
        ]);

    public static Table Load() => TableReader.Read(Shared.Path(Relative), Schema, new ReadOptions { Threads = Threads });

    /// <summary>The rival: the same file into DuckDB's own table, doubles and text.</summary>
    public static void LoadIntoDuckDb()
    {
        using var connection = new DuckDBConnection($"DataSource=:memory:;threads={Threads}");
        connection.Open();
        using var command = connection.CreateCommand();
        var types = string.Join(
            ", ",
            Schema.Fields.Select(field => $"'{field.Name}': '{(field.Kind == FieldKind.Category ? "VARCHAR" : "DOUBLE")}'")
        );
        command.CommandText = $"CREATE TABLE t AS SELECT * FROM read_csv('{Shared.Path(Relative)}', types = {{{types}}})";
        command.ExecuteNonQuery();
    }

    static Field Field(string name, FieldKind kind) =>
        new()
        {
            Name = name,
            Kind = kind,
            Role = kind == FieldKind.Exposure ? Role.Exposure : Role.Feature,
        };
}

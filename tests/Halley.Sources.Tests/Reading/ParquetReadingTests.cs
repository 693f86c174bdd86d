using Halley.Data;

namespace Halley.Sources.Tests.Reading;

public sealed class ParquetReadingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Kinds_follow_types_names_and_numbers_of_levels()
    {
        var path = Parquet(
            new NumericColumn("Exposure", [0.5, 1, 0.25]),
            new NumericColumn("n", [1, double.NaN, 3]),
            new BooleanColumn("flag", [1, 0, -1]),
            new DateColumn("day", [new DateOnly(2021, 7, 29).DayNumber, -1, new DateOnly(2021, 7, 31).DayNumber]),
            new TextColumn("area", ["B", null, "A"])
        );

        var table = TableReader.Read(path);

        Assert.Equal([0.5, 1, 0.25], table.Exposure("Exposure").Years.ToArray());
        Assert.Equal(["1", null, "3"], Texts(table["n"]));
        Assert.Equal(["true", "false", null], Texts(table["flag"]));
        Assert.Equal(["2021-07-29", null, "2021-07-31"], Texts(table["day"]));
        Assert.Equal(["A", "B"], table.Categorical("area").Levels.Levels);
        Assert.Equal([1, -1, 0], table.Categorical("area").Codes.ToArray());
    }

    [Fact]
    public void Text_with_many_levels_is_text_and_long_levels_are_kept_apart()
    {
        var path = Parquet(
            new TextColumn("id", [.. Enumerable.Range(0, 3_000).Select(i => $"policy-{i}")]),
            new TextColumn("town", [.. Enumerable.Range(0, 3_000).Select(i => $"a long name of a town {i % 400}")]),
            new TextColumn("class", [.. Enumerable.Range(0, 3_000).Select(i => $"{i % 12}")])
        );

        var table = TableReader.Read(path);

        Assert.Equal("policy-2999", table.Text("id").Values[2_999]);
        Assert.Equal(400, table.Categorical("town").Levels.Count);
        Assert.Equal("a long name of a town 399", table["town"].TextAt(799));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}"), table.Categorical("class").Levels.Levels);
    }

    [Fact]
    public void Ids_too_long_for_a_double_keep_their_digits()
    {
        var sources = new ReadOptions { Folder = folder.Path };
        const string sql = "SELECT unnest([9007199254740993, 9007199254740995]) AS account, 9007199254740993 AS other";
        var schema = new Schema([
            new()
            {
                Name = "other",
                Kind = FieldKind.Text,
                Role = Role.Id,
            },
        ]);

        Assert.Equal(["9007199254740993", "9007199254740995"], Texts(TableReader.Read(sql, options: sources)["account"]));
        Assert.Equal("9007199254740993", TableReader.Read(sql, schema, sources).Text("other").Values[1]);
    }

    [Fact]
    public void A_schema_takes_its_columns_applies_its_rules_and_lists_its_levels()
    {
        var path = Parquet(
            new TextColumn("area", ["B", "X", null, "A"]),
            new NumericColumn("power", [5, double.NaN, 7, 8]),
            new NumericColumn("years", [1, 0.5, 0.5, 1]),
            new NumericColumn("other", [1, 2, 3, 4])
        );
        var schema = new Schema([
            new()
            {
                Name = "years",
                Kind = FieldKind.Exposure,
                Role = Role.Exposure,
            },
            new()
            {
                Name = "power",
                Kind = FieldKind.Number,
                WhenMissing = ValueRule.Replace("6"),
            },
            new()
            {
                Name = "area",
                Kind = FieldKind.Category,
                Levels = new(["C", "B", "A"]),
                WhenMissing = ValueRule.Missing,
                WhenUnseen = ValueRule.Replace("C"),
            },
        ]);

        var table = TableReader.Read(path, schema);

        Assert.Equal(["years", "power", "area"], table.Columns.Select(column => column.Name));
        Assert.Equal([5, 6, 7, 8], table.Numeric("power").Values.ToArray());
        Assert.Equal([1, 0, -1, 2], table.Categorical("area").Codes.ToArray());
        Assert.Equal(3, table.Exposure("years").Years.ToArray().Sum());
    }

    [Fact]
    public void Everything_that_breaks_the_schema_is_told_at_once_with_the_file()
    {
        var path = Parquet(
            new TextColumn("area", ["B", "X"]),
            new NumericColumn("age", [17, double.PositiveInfinity]),
            new NumericColumn("years", [1, -1])
        );
        var schema = new Schema([
            new()
            {
                Name = "area",
                Kind = FieldKind.Category,
                Levels = new(["A", "B"]),
            },
            new()
            {
                Name = "age",
                Kind = FieldKind.Number,
                Minimum = 18,
            },
            new()
            {
                Name = "years",
                Kind = FieldKind.Exposure,
                Role = Role.Exposure,
            },
            new() { Name = "gone", Kind = FieldKind.Number },
        ]);

        var error = Assert.Throws<HalleyException>(() => TableReader.Read(path, schema));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.All(
            ["'gone'", "'X'", "17", "infinity", "-1"],
            part => Assert.Contains(part, error.Message, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public void A_schema_is_inferred_alike_from_csv_parquet_and_sql()
    {
        var table = new Table([
            new NumericColumn("policy_id", [1, 2, 3]),
            new NumericColumn("exposure", [0.5, 1, 0.25]),
            new NumericColumn("ClaimNb", [0, 1, 0]),
            new NumericColumn("power", [50, 70, double.NaN]),
            new CategoricalColumn("area", [1, 0, -1], new(["A", "B"])),
            new DateColumn("day", [738_000, 738_001, 738_002]),
        ]);
        TableWriter.Write(table, folder.File("t.parquet"));
        TableWriter.Write(table, folder.File("t.tsv"));
        var options = new ReadOptions { Folder = folder.Path };

        var parquet = TableReader.Infer(folder.File("t.parquet"));

        Assert.Equal(
            [
                "policy_id Number Id",
                "exposure Exposure Exposure",
                "ClaimNb Number Target",
                "power Number Feature",
                "area Category Feature",
                "day Date Date",
            ],
            parquet.Schema.Fields.Select(field => $"{field.Name} {field.Kind} {field.Role}")
        );
        Assert.Equal((40, 80), (parquet.Schema.Find("power")!.Minimum, parquet.Schema.Find("power")!.Maximum));
        Assert.Equal(SchemaJson.ToText(parquet.Schema), SchemaJson.ToText(TableReader.Infer(folder.File("t.tsv")).Schema));
        Assert.Equal(SchemaJson.ToText(parquet.Schema), SchemaJson.ToText(TableReader.Infer("FROM 't.parquet'", options).Schema));
    }

    [Fact]
    public void A_path_with_pattern_marks_and_quotes_is_one_file()
    {
        TableWriter.Write(new([new NumericColumn("x", [2])]), folder.File("a1.parquet"));
        TableWriter.Write(new([new NumericColumn("x", [1])]), folder.File("a'[1]*.parquet"));

        Assert.Equal([1], TableReader.Read(folder.File("a'[1]*.parquet")).Numeric("x").Values.ToArray());
    }

    [Fact]
    public void Rows_keep_their_order_whatever_the_threads()
    {
        var path = Parquet(new NumericColumn("n", [.. Enumerable.Range(0, 700_000).Select(i => (double)i)]));

        var one = TableReader.Read(path, options: new() { Threads = 1 }).Numeric("n");
        var four = TableReader.Read(path, options: new() { Threads = 4 }).Numeric("n");

        Assert.Equal(699_999, one.Values[^1]);
        Assert.True(one.Values.SequenceEqual(four.Values));
    }

    string Parquet(params Column[] columns)
    {
        var path = folder.File("t.parquet");
        TableWriter.Write(new(columns), path);
        return path;
    }

    static string?[] Texts(Column column) => [.. Enumerable.Range(0, column.RowCount).Select(column.TextAt)];
}

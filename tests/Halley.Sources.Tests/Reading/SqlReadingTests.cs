using Halley.Data;

namespace Halley.Sources.Tests.Reading;

public sealed class SqlReadingTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly TemporaryFolder elsewhere = new();

    public void Dispose()
    {
        folder.Dispose();
        elsewhere.Dispose();
    }

    [Fact]
    public void A_query_joins_a_named_file_with_a_table_in_memory_and_keeps_its_order()
    {
        var policies = elsewhere.Write("policies.csv", "id,region\n1,north\n2,south\n3,north\n");
        var claims = new Table([new NumericColumn("id", [1, 3, 3]), new NumericColumn("amount", [10, 5, 7])]);
        var options = InFolder() with
        {
            Sources = new Dictionary<string, SqlSource>
            {
                ["policies"] = SqlSource.File(policies),
                ["claims"] = SqlSource.Of(claims),
            },
        };

        var table = TableReader.Read(
            "SELECT p.id, region, coalesce(sum(amount), 0) AS total FROM policies p LEFT JOIN claims c USING (id) GROUP BY ALL ORDER BY id DESC; ",
            options: options
        );

        Assert.Equal([3, 2, 1], table.Numeric("id").Values.ToArray());
        Assert.Equal(["north", "south"], table.Categorical("region").Levels.Levels);
        Assert.Equal([12, 0, 10], table.Numeric("total").Values.ToArray());
    }

    [Fact]
    public void A_join_of_many_matches_has_the_same_rows_in_the_same_order_every_time()
    {
        const int rows = 200_000;
        var keys = Enumerable.Range(0, rows).Select(row => (double)(row * 7919L % 50_021)).ToArray();
        double[] amounts = [.. Enumerable.Range(0, rows).Select(row => row + 0.1)];
        var claims = new Table([new NumericColumn("id", keys), new NumericColumn("amount", amounts)]);
        var policies = new Table([new NumericColumn("id", [.. Enumerable.Range(0, 400_000).Select(row => (double)row)])]);
        var options = InFolder() with
        {
            Sources = new Dictionary<string, SqlSource>
            {
                ["claims"] = SqlSource.Of(claims),
                ["policies"] = SqlSource.Of(policies),
            },
        };

        var prints = Enumerable
            .Range(0, 4)
            .Select(_ =>
                TableFingerprint.Of(
                    TableReader.Read("SELECT c.amount, p.id FROM claims c JOIN policies p ON p.id = c.id", options: options)
                )
            )
            .ToHashSet();

        Assert.Single(prints);
    }

    [Fact]
    public void A_query_reads_files_below_its_folder_by_relative_path()
    {
        folder.Write("x.csv", "a,b\n1,2\n3,4\n");
        var schema = new Schema([
            new()
            {
                Name = "years",
                Kind = FieldKind.Exposure,
                Role = Role.Exposure,
            },
        ]);

        var table = TableReader.Read("with t as (from 'x.csv') select a / 2 as years from t -- half", schema, InFolder());

        Assert.Equal([0.5, 1.5], table.Exposure("years").Years.ToArray());
    }

    [Fact]
    public void Files_in_a_query_are_read_by_the_same_rules_and_their_errors_name_the_file()
    {
        folder.Write("codes.csv", "code\n007\n");
        var ragged = folder.Write("ragged.csv", "a,b\n1,2\n3\n");

        Assert.Equal("007", TableReader.Read("SELECT * FROM 'codes.csv'", options: InFolder())["code"].TextAt(0));
        Assert.StartsWith(
            $"HLY1111: {ragged}: line 3: 1 field where the header has 2",
            Refused("SELECT sum(a)\nFROM 'ragged.csv'").Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('{0}')")]
    [InlineData("SELECT * FROM read_text('{0}')")]
    [InlineData("SELECT * FROM '{0}'")]
    [InlineData("SELECT * FROM glob('{1}/*')")]
    public void A_query_reaches_no_file_outside_its_folder(string sql)
    {
        var secret = elsewhere.Write("secret.csv", "a\n1\n");

        var error = Refused(string.Format(null, sql, secret, elsewhere.Path));

        Assert.Equal("HLY1512", error.Code);
        Assert.EndsWith(
            "SQL reads files below the project's folder, and those given a name; copy the file there.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2", "SQL: 2 statements. Give one query that starts with SELECT, WITH or FROM.")]
    [InlineData("SELECT 1) AS x; COPY (SELECT 1) TO 'y.csv'; SELECT * FROM (SELECT 1", "syntax error")]
    [InlineData("WITH x AS (SELECT 1)\nINSERT INTO y FROM x", "syntax error")]
    [InlineData("SELECT *\nFROM nowhere", "HLY1511: SQL, line 2: Catalog Error: Table with name nowhere does not exist!")]
    [InlineData("SELECT a b c\nFROM 'x.csv'", "syntax error")]
    [InlineData("FROM 'https://example.org/x.parquet'", "HLY151")]
    public void A_text_that_is_not_one_query_is_refused_with_its_line(string sql, string expected) =>
        Assert.Contains(expected, Refused(sql).Message, StringComparison.Ordinal);

    [Fact]
    public void A_query_can_not_write_or_lift_its_limits()
    {
        Refused("FROM query('COPY (SELECT 1) TO ''y.csv''')");
        Refused("SELECT 1); SET enable_external_access = true; SELECT (1");

        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void Levels_of_a_file_compare_with_any_text()
    {
        folder.Write("x.csv", "region,n\nnorth,1\nsouth,2\n");

        Assert.Equal(0, TableReader.Read("SELECT n FROM 'x.csv' WHERE region = 'nowhere'", options: InFolder()).RowCount);
        Assert.Equal(1, TableReader.Read("SELECT n FROM 'x.csv' WHERE region LIKE 'n%'", options: InFolder()).RowCount);
        Assert.Equal("NORTH", TableReader.Read("SELECT upper(region) AS r FROM 'x.csv'", options: InFolder())["r"].TextAt(0));
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_with_the_place() =>
        Assert.Contains(
            "the query's result",
            Refused("SELECT 'x' AS n", new Schema([new() { Name = "n", Kind = FieldKind.Number }])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_nested_type_is_refused_with_its_column() =>
        Assert.Equal(
            "HLY1509: the query's result, column 'parts': values of type List have no place in a table. "
                + "Leave the column out with a schema or SQL, or take its parts with SQL.",
            Refused("SELECT [1, 2] AS parts").Message
        );

    [Theory]
    [InlineData("select 1", true)]
    [InlineData("  FROM\n'x.csv'", true)]
    [InlineData("with.csv", false)]
    [InlineData("selection.parquet", false)]
    [InlineData("data/from x.csv", false)]
    public void Sql_is_told_from_a_path(string source, bool expected) => Assert.Equal(expected, TableReader.IsSql(source));

    ReadOptions InFolder() => new() { Folder = folder.Path };

    HalleyException Refused(string sql, Schema? schema = null) =>
        Assert.Throws<HalleyException>(() => TableReader.Read(sql, schema, InFolder()));
}

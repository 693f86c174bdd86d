using System.Globalization;
using System.IO.Compression;
using System.Text;
using Halley.Data;

namespace Halley.Sources.Tests.Reading;

public sealed class CsvReadingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Kinds_are_inferred_from_the_values()
    {
        var path = folder.Write(
            "kinds.csv",
            "count,amount,name,day,flag,postcode,account,nothing\n1,2.5,b,2026-01-31,true,01004,12345678901234567,\n-2,1e3,a,2025-12-01,FALSE,75001,12345678901234568,\n"
        );

        var table = TableReader.Read(path);

        Assert.Equal([1, -2], table.Numeric("count").Values.ToArray());
        Assert.Equal([2.5, 1000], table.Numeric("amount").Values.ToArray());
        Assert.Equal(["a", "b"], table.Categorical("name").Levels.Levels);
        Assert.Equal([1, 0], table.Categorical("name").Codes.ToArray());
        Assert.Equal(new DateOnly(2026, 1, 31), table.Date("day").DateAt(0));
        Assert.Equal([1, 0], ((BooleanColumn)table["flag"]).Values.ToArray());
        Assert.Equal("01004", table["postcode"].TextAt(0));
        Assert.Equal("12345678901234567", table["account"].TextAt(0));
        Assert.Equal(2, table.Numeric("nothing").MissingCount);
    }

    [Fact]
    public void A_declared_schema_says_columns_order_and_kinds()
    {
        var path = folder.Write("declared.csv", "years,id,other,area\n0.5,007,x,A\n1,008,y,B\n");
        var schema = new Schema([
            new()
            {
                Name = "id",
                Kind = FieldKind.Text,
                Role = Role.Id,
            },
            new()
            {
                Name = "years",
                Kind = FieldKind.Exposure,
                Role = Role.Exposure,
            },
        ]);

        var table = TableReader.Read(path, schema);

        Assert.Equal(["id", "years"], table.Columns.Select(column => column.Name));
        Assert.Equal(["007", "008"], table.Text("id").Values.ToArray());
        Assert.Equal([0.5, 1], table.Exposure("years").Years.ToArray());
    }

    [Fact]
    public void An_empty_field_is_missing_and_a_quoted_one_is_empty_text()
    {
        var path = folder.Write("missing.csv", "n,c,d,b,t\n1,,2026-01-01,,x\n,\"\",,true,\"\"\n3,a,,,\n");
        var schema = new Schema([
            new()
            {
                Name = "n",
                Kind = FieldKind.Number,
                WhenMissing = ValueRule.Missing,
            },
            new()
            {
                Name = "c",
                Kind = FieldKind.Category,
                WhenMissing = ValueRule.Missing,
            },
            new()
            {
                Name = "d",
                Kind = FieldKind.Date,
                WhenMissing = ValueRule.Missing,
            },
            new()
            {
                Name = "b",
                Kind = FieldKind.Boolean,
                WhenMissing = ValueRule.Missing,
            },
            new()
            {
                Name = "t",
                Kind = FieldKind.Text,
                WhenMissing = ValueRule.Missing,
            },
        ]);

        var table = TableReader.Read(path, schema);

        Assert.Equal(["1", null, "3"], Texts(table["n"]));
        Assert.Equal([null, "", "a"], Texts(table["c"]));
        Assert.Equal(["2026-01-01", null, null], Texts(table["d"]));
        Assert.Equal([null, "true", null], Texts(table["b"]));
        Assert.Equal(["x", "", null], Texts(table["t"]));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Separators_quotes_line_ends_and_marks_are_understood(string separator)
    {
        var text = "id,name,\"a \"\"b\"\" c\"\r\n1,\"x\ny, z\",2\r\n2,\"say \"\"no\"\"\",3".Replace(
            ",",
            separator,
            StringComparison.Ordinal
        );
        var path = folder.Write("quoted.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);

        var table = TableReader.Read(path);

        Assert.Equal([1, 2], table.Numeric("id").Values.ToArray());
        Assert.Equal([$"x\ny{separator} z", "say \"no\""], Texts(table["name"]));
        Assert.Equal([2, 3], table.Numeric("a \"b\" c").Values.ToArray());
    }

    [Fact]
    public void A_path_with_pattern_marks_and_quotes_is_one_file()
    {
        folder.Write("a1.csv", "x\n2\n");
        folder.Write("a'[1]*.csv", "x\n1\n");

        Assert.Equal([1], TableReader.Read(folder.File("a'[1]*.csv")).Numeric("x").Values.ToArray());
    }

    [Fact]
    public void A_late_value_that_refutes_the_inferred_kind_makes_the_column_text()
    {
        var text = new StringBuilder("code,other\n");
        for (var i = 0; i < 30_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i % 7},{i}\n");
        text.Append("2A,1\n");

        var table = TableReader.Read(folder.Write("late.csv", text.ToString()));

        Assert.Equal(30_001, table.RowCount);
        Assert.Equal(["0", "1", "2", "2A", "3", "4", "5", "6"], table.Categorical("code").Levels.Levels);
        Assert.Equal(29_999, table.Numeric("other").Values[29_999]);
    }

    [Fact]
    public void Text_with_many_levels_is_text_and_long_levels_are_kept_apart()
    {
        var text = new StringBuilder("id,town\n");
        for (var i = 0; i < 3_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"policy-{i},a long name of a town {i % 40}\n");

        var table = TableReader.Read(folder.Write("levels.csv", text.ToString()));

        Assert.Equal("policy-2999", table.Text("id").Values[2_999]);
        Assert.Equal(40, table.Categorical("town").Levels.Count);
        Assert.Equal("a long name of a town 39", table["town"].TextAt(79));
    }

    [Fact]
    public void Gzip_is_read_by_its_extension()
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write("x\n1\n2\n"u8);

        Assert.Equal(2, TableReader.Read(folder.Write("x.csv.gz", bytes.ToArray())).RowCount);
    }

    [Fact]
    public void A_declared_schema_reads_a_file_without_rows()
    {
        var schema = new Schema([
            new()
            {
                Name = "x",
                Kind = FieldKind.Category,
                Levels = new(["a"]),
            },
        ]);

        Assert.Equal(0, TableReader.Read(folder.Write("none.csv", "x,y\n"), schema).RowCount);
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var path = folder.Write("x.csv", "x\n1\n");

        Assert.ThrowsAny<OperationCanceledException>(() => TableReader.Read(path, cancellation: source.Token));
    }

    static string?[] Texts(Column column) => [.. Enumerable.Range(0, column.RowCount).Select(column.TextAt)];
}

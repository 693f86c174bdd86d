using System.IO.Compression;
using System.Text;
using Halley.Data;

namespace Halley.Sources.Tests.Reading;

public sealed class CsvReadingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(",", "t.csv")]
    [InlineData(";", "t.csv")]
    [InlineData("\t", "t.tsv")]
    [InlineData("|", "t.txt")]
    public void The_separator_is_found_outside_quotes_in_the_first_line(string separator, string file)
    {
        const string text = "id,\"a name; with | other\tmarks;;;;||||\t\t\t\t\",n\r\n1,\"x\ny\",2\r\n2,z,3";
        var path = folder.Write(file, text.Replace(",", separator, StringComparison.Ordinal));

        var table = TableReader.Read(path);

        Assert.Equal(3, table.Columns.Count);
        Assert.Equal([1, 2], table.Numeric("id").Values.ToArray());
        Assert.Equal("x\ny", table.Columns[1].TextAt(0));
    }

    [Fact]
    public void Options_go_before_what_is_found()
    {
        var path = folder.Write("t.csv", "a;b,c\n1;2,5\n");

        var table = TableReader.Read(
            path,
            options: new()
            {
                Csv = new() { Separator = ';', DecimalMark = ',' },
            }
        );

        Assert.Equal(2.5, table.Numeric("b,c").Values[0]);
    }

    [Theory]
    [InlineData("t.csv.gz")]
    [InlineData("t.csv")]
    public void Gzip_is_known_by_its_content(string file)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write("x;y\n1;a\n2;b\n"u8);

        Assert.Equal([1, 2], TableReader.Read(folder.Write(file, bytes.ToArray())).Numeric("x").Values.ToArray());
    }

    [Fact]
    public void A_schema_says_columns_order_kinds_and_rules()
    {
        var path = folder.Write("t.csv", "years;id;other;area\n0.5;007;x;A\n1;008;y;\n");
        var schema = new Schema([
            new()
            {
                Name = "area",
                Kind = FieldKind.Category,
                Levels = new(["B", "A"]),
                WhenMissing = ValueRule.Replace("B"),
            },
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

        Assert.Equal(["area", "id", "years"], table.Columns.Select(column => column.Name));
        Assert.Equal([1, 0], table.Categorical("area").Codes.ToArray());
        Assert.Equal(["007", "008"], table.Text("id").Values.ToArray());
        Assert.Equal([0.5, 1], table.Exposure("years").Years.ToArray());
    }

    [Fact]
    public void Bad_lines_are_told_all_at_once_with_their_place()
    {
        var path = folder.Write("t.csv", [.. "a,b\n1,x\n2\nq,y\n3,"u8, .. Encoding.Latin1.GetBytes("Zürich"), (byte)'\n']);
        var schema = new Schema([new() { Name = "a", Kind = FieldKind.Number }, new() { Name = "b", Kind = FieldKind.Text }]);

        var error = Assert.Throws<HalleyException>(() => TableReader.Read(path, schema));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("line 3: 1 field where the header has 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 4, column 'a': 'q' is not a number", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 5, column 'b': byte 0xFC", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var path = folder.Write("x.csv", "x\n1\n");

        Assert.ThrowsAny<OperationCanceledException>(() => TableReader.Read(path, cancellation: source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => TableReader.Read("SELECT 1 AS x", cancellation: source.Token));
    }
}

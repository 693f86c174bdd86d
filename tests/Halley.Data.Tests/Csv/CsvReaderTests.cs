using System.IO.Compression;
using System.Text;
using static Halley.Data.Tests.CsvText;

namespace Halley.Data.Tests;

public class CsvReaderTests
{
    static readonly Field Optional = Number("age") with { WhenMissing = ValueRule.Missing };

    [Fact]
    public void Each_kind_is_read()
    {
        var schema = Schema(
            Number("age"),
            Exposure("years"),
            Category("area", "B", "A"),
            new Field { Name = "new", Kind = FieldKind.Boolean },
            new Field
            {
                Name = "start",
                Kind = FieldKind.Date,
                Role = Role.Date,
            },
            Text("id")
        );

        var table = Read("id,start,new,area,years,age\np1,2024-02-29,yes,A,0.5,40\np2,0001-01-01,FALSE,B,1e0,-2.5\n", schema);

        Assert.Equal(["age", "years", "area", "new", "start", "id"], table.Columns.Select(column => column.Name));
        Assert.Equal([40, -2.5], table.Numeric("age").Values);
        Assert.Equal([0.5, 1], table.Exposure("years").Years);
        Assert.Equal([1, 0], table.Categorical("area").Codes);
        Assert.Equal([1, 0], ((BooleanColumn)table["new"]).Values.ToArray());
        Assert.Equal(new DateOnly(2024, 2, 29), table.Date("start").DateAt(0));
        Assert.Equal(0, table.Date("start").DayNumbers[1]);
        Assert.Equal(["p1", "p2"], table.Text("id").Values);
    }

    [Fact]
    public void Empty_is_missing_and_quoted_empty_is_an_empty_text()
    {
        var table = Read("id,age\n\"\",1\n,\"\"\n", Schema(Text("id"), Optional));

        Assert.Equal(["", null], table.Text("id").Values);
        Assert.Equal(1, table.Numeric("age").MissingCount);
        Assert.True(table.Numeric("age").IsMissing(1));
    }

    [Fact]
    public void Quoted_fields_hold_separators_quotes_and_line_ends()
    {
        var table = Read("id,age\n\"a,\"\"b\"\"\r\nc\",1\n\"\"\"\",2\n", Schema(Text("id"), Number("age")));

        Assert.Equal(["a,\"b\"\r\nc", "\""], table.Text("id").Values);
        Assert.Equal([1, 2], table.Numeric("age").Values);
    }

    [Theory]
    [InlineData("age\n1\n2\n")]
    [InlineData("age\r\n1\r\n2\r\n")]
    [InlineData("age\n1\n2")]
    [InlineData("\uFEFFage\n1\n2\n")]
    [InlineData("\"age\"\n\"1\"\n\"2\"\n")]
    [InlineData("age\n 1\n2 \n")]
    [InlineData("age,x\n1,\n\n2,\n\n")]
    public void Line_ends_quotes_marks_and_empty_lines_do_not_matter(string text) =>
        Assert.Equal([1, 2], Read(text, Schema(Number("age"))).Numeric("age").Values);

    [Fact]
    public void In_a_file_of_one_column_an_empty_line_is_a_missing_value() =>
        Assert.Equal([1, double.NaN, 2], Read("age\n1\n\n2\n", Schema(Optional)).Numeric("age").Values);

    [Fact]
    public void Separator_decimal_mark_and_missing_texts_are_options()
    {
        var options = new CsvOptions
        {
            Separator = ';',
            DecimalMark = ',',
            MissingTexts = ["NA", "-"],
        };
        var area = Category("area") with { WhenMissing = ValueRule.Missing };

        var table = Read("age;area\n1,5;NA\n-;B\n2,5e1;A\n", Schema(Optional, area), options);

        Assert.Equal([1.5, double.NaN, 25], table.Numeric("age").Values);
        Assert.Equal([-1, 1, 0], table.Categorical("area").Codes);
    }

    [Fact]
    public void Levels_that_are_not_declared_come_in_natural_order_whatever_the_order_of_rows()
    {
        var schema = Schema(Category("power"), Category("brand"));

        var table = Read("power,brand\n10,B2\n9,B10\n10,A\n", schema);

        Assert.Equal(["9", "10"], table.Categorical("power").Levels.Levels);
        Assert.Equal([1, 0, 1], table.Categorical("power").Codes);
        Assert.Equal(["A", "B10", "B2"], table.Categorical("brand").Levels.Levels);
        Assert.Equal([2, 1, 0], table.Categorical("brand").Codes);
    }

    [Fact]
    public void Missing_and_unseen_values_follow_the_declared_rules()
    {
        var area = Category("area", "A", "B") with { WhenMissing = ValueRule.Replace("B"), WhenUnseen = ValueRule.Missing };
        var gas = Category("gas", "D", "P") with { WhenUnseen = ValueRule.Replace("P") };
        var age = Number("age") with { WhenMissing = ValueRule.Replace("35.5") };

        var table = Read("area,gas,age\n,D,\nC,E,2\nC,E,3\n", Schema(area, gas, age));

        Assert.Equal([1, -1, -1], table.Categorical("area").Codes);
        Assert.Equal([0, 1, 1], table.Categorical("gas").Codes);
        Assert.Equal([35.5, 2, 3], table.Numeric("age").Values);
    }

    [Fact]
    public void Numbers_are_rounded_to_the_nearest_double()
    {
        string[] texts =
        [
            "0.1",
            "-0",
            "1.7976931348623157e308",
            "5e-324",
            "9007199254740993",
            "123456789012345.6",
            "0.30000000000000004",
            "1234567.8901234567",
            "00012.50",
            ".5",
            "5.",
            "+7",
        ];

        var values = Read("x\n" + string.Join('\n', texts), Schema(Number("x"))).Numeric("x").Values;

        for (var i = 0; i < texts.Length; i++)
            Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(texts[i])), BitConverter.DoubleToInt64Bits(values[i]));
    }

    [Fact]
    public void Records_longer_than_a_block_and_blocks_that_end_anywhere_are_read_whole()
    {
        var text = new StringBuilder("id,n\n");
        var random = new Random(7);
        var ids = new List<string>();
        for (var i = 0; i < 3000; i++)
        {
            var length = i == 1500 ? 700_000 : random.Next(300);
            ids.Add(new string('é', length / 2) + "\"\"\n,"[..random.Next(5)] + i);
            text.Append('"').Append(ids[i].Replace("\"", "\"\"")).Append("\",").Append(i).Append('\n');
        }

        var table = Read(text.ToString(), Schema(Text("id"), Number("n")));

        Assert.Equal(ids, table.Text("id").Values.ToArray());
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (double)i), table.Numeric("n").Values.ToArray());
    }

    [Fact]
    public void Gzip_is_recognised_by_its_content()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("halley-csv").FullName, "book.csv");
        using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            stream.Write("age\n1\n2\n"u8);

        Assert.Equal([1, 2], CsvReader.Read(path).Numeric("age").Values);
    }

    [Fact]
    public void Progress_ends_at_the_end_of_the_file()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("halley-csv").FullName, "book.csv");
        File.WriteAllText(path, "age\n1\n2\n");
        var seen = new Progress();

        CsvReader.Read(path, Schema(Number("age")), progress: seen);

        Assert.Equal(("reading book.csv", 1.0), (seen.Last.Stage, seen.Last.Fraction));
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() =>
            CsvReader.Read(
                new MemoryStream("age\n1\n"u8.ToArray()),
                "book.csv",
                Schema(Number("age")),
                null,
                new CancellationToken(true)
            )
        );

    sealed class Progress : IProgress<FitProgress>
    {
        public FitProgress Last { get; private set; }

        public void Report(FitProgress value) => Last = value;
    }
}

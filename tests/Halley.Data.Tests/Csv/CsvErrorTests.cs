using System.Text;
using static Halley.Data.Tests.CsvText;

namespace Halley.Data.Tests;

/// <summary>Each bad file gets an error that is enough to act on.</summary>
public class CsvErrorTests
{
    static readonly Schema Book = Schema(
        Number("age") with
        {
            Minimum = 18,
            Maximum = 100,
            Whole = true,
            Unit = "years",
        },
        Exposure("years"),
        Category("area", "A", "B")
    );

    static string Message(string text, Schema? schema = null) =>
        Assert.Throws<HalleyException>(() => Read(text, schema ?? Book)).Message;

    [Theory]
    [InlineData(
        "abc,1,A",
        "HLY1114: book.csv: line 2, column 'age': 'abc' is not a number; expected a whole number from 18 to 100 (years). Correct it,"
    )]
    [InlineData("NaN,1,A", "HLY1115: book.csv: line 2, column 'age': 'NaN' is not a finite number; expected a whole number")]
    [InlineData("-inf,1,A", "HLY1115: book.csv: line 2, column 'age': '-inf' is not a finite number")]
    [InlineData("1e999,1,A", "HLY1115: book.csv: line 2, column 'age': '1e999' is not a finite number")]
    [InlineData(
        "17,1,A",
        "HLY1116: book.csv: line 2, column 'age': '17' is out of range; expected a whole number from 18 to 100 (years). Correct it, or widen the range in the schema."
    )]
    [InlineData("18.5,1,A", "HLY1117: book.csv: line 2, column 'age': '18.5' is not whole;")]
    [InlineData(
        "40,1,C",
        "HLY1118: book.csv: line 2, column 'area': 'C' is not a known level; expected one of A, B. Correct it, add the level to the schema"
    )]
    [InlineData(
        ",1,A",
        "HLY1119: book.csv: line 2, column 'age': the value is missing; expected a whole number from 18 to 100 (years). Fill it in, or declare"
    )]
    [InlineData(
        "40,-0.1,A",
        "HLY1101: book.csv: line 2, column 'years': '-0.1' is negative, which years at risk can't be; expected years at risk, a number of at least 0. Correct the row"
    )]
    [InlineData("40,,A", "HLY1119: book.csv: line 2, column 'years': the value is missing")]
    [InlineData("40,1,", "HLY1119: book.csv: line 2, column 'area': the value is missing; expected one of A, B.")]
    [InlineData("40,1", "HLY1111: book.csv: line 2: 2 fields where the header has 3. Quote a field")]
    [InlineData("40,1,A,9", "HLY1111: book.csv: line 2: 4 fields where the header has 3.")]
    [InlineData("40,1,\"A", "HLY1123: book.csv: line 2: a quoted field begins in this record and never ends. Close the quote.")]
    [InlineData("40,1,\"A\"x", "HLY1123: book.csv: line 2: text follows a closing quote. Double the quotes")]
    public void A_bad_record_is_named_with_line_column_value_and_remedy(string record, string message) =>
        Assert.StartsWith(message, Message("age,years,area\n" + record + "\n"));

    [Theory]
    [InlineData(
        "2023-02-29",
        "HLY1120: book.csv: line 2, column 'start': '2023-02-29' is not a calendar date in the form YYYY-MM-DD; expected a date such as 2026-01-31 of at least 2000-01-01. Write it"
    )]
    [InlineData("31/12/2023", "HLY1120: book.csv: line 2, column 'start': '31/12/2023' is not a calendar date")]
    [InlineData(
        "1999-12-31",
        "HLY1116: book.csv: line 2, column 'start': '1999-12-31' is out of range; expected a date such as 2026-01-31 of at least 2000-01-01."
    )]
    public void A_bad_date_is_named(string date, string message)
    {
        var start = new Field
        {
            Name = "start",
            Kind = FieldKind.Date,
            Role = Role.Date,
            Minimum = new DateOnly(2000, 1, 1).DayNumber,
        };
        Assert.StartsWith(message, Message($"start\n{date}\n", Schema(start)));
    }

    [Fact]
    public void A_bad_boolean_is_named() =>
        Assert.StartsWith(
            "HLY1121: book.csv: line 2, column 'new': 'maybe' is neither true nor false; expected true or false. Write true or false",
            Message("new\nmaybe\n", Schema(new Field { Name = "new", Kind = FieldKind.Boolean }))
        );

    [Fact]
    public void A_missing_column_is_named_with_those_there_are() =>
        Assert.Equal(
            "HLY1112: book.csv: there is no column 'years'. The file has: age, Years, area. "
                + "Rename the column, or take the field out of the schema.",
            Message("age,Years,area\n40,1,A\n")
        );

    [Fact]
    public void A_duplicate_header_is_named() =>
        Assert.Equal(
            "HLY1113: book.csv: line 1: two columns are named 'age'. Rename one of them.",
            Message("age,age,area\n1,2,A\n")
        );

    [Fact]
    public void A_column_without_a_name_is_numbered() =>
        Assert.Equal("HLY1113: book.csv: line 1: column 2 has no name. Name every column in the header.", Message("age,\n1,2\n"));

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_refused(string text) =>
        Assert.Equal("HLY1122: book.csv: the file is empty. The first line must name the columns.", Message(text));

    [Fact]
    public void A_file_with_a_header_alone_is_a_table_without_rows() => Assert.Equal(0, Read("age,years,area\n", Book).RowCount);

    [Fact]
    public void Bytes_that_are_not_utf8_are_named_with_their_place()
    {
        byte[] latin1 = [.. "id\nJos"u8, 0xE9, .. "\n"u8];

        var error = Assert.Throws<HalleyException>(() => ReadBytes(latin1, Schema(Text("id"))));

        Assert.Equal(
            "HLY1110: book.csv: line 2, column 'id': byte 0xE9 in 'Jos\uFFFD' is not UTF-8. "
                + "Save the file as UTF-8; if it is Latin-1, 'iconv -f ISO-8859-1 -t UTF-8' converts it.",
            error.Message
        );
    }

    [Fact]
    public void Utf16_is_recognised() =>
        Assert.StartsWith(
            "HLY1110: book.csv: the file is UTF-16. Save it as UTF-8",
            Assert
                .Throws<HalleyException>(() =>
                    ReadBytes([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("age\n1\n")], Schema(Number("age")))
                )
                .Message
        );

    [Fact]
    public void Lines_that_end_in_carriage_return_alone_are_recognised() =>
        Assert.StartsWith("HLY1113: book.csv: lines end in CR alone. Convert them", Message("age\r1\r2\r"));

    [Fact]
    public void All_problems_are_told_at_once_few_of_each_sort_and_the_rest_counted()
    {
        var text = new StringBuilder("age,years,area\n");
        for (var i = 0; i < 50; i++)
            text.Append("x,1,A\n");
        text.Append("40,-1,A\n40,1\n");

        var lines = Message(text.ToString()).Split('\n');

        Assert.Equal("HLY1114: book.csv has 52 problems:", lines[0]);
        Assert.StartsWith("  HLY1114 line 2, column 'age': 'x' is not a number", lines[1]);
        Assert.StartsWith("  HLY1114 line 4,", lines[3]);
        Assert.StartsWith("  HLY1111 line 53: 2 fields", lines[5]);
        Assert.StartsWith("  HLY1101 line 52, column 'years': '-1' is negative", lines[4]);
        Assert.Equal("  and 47 more like these.", lines[6]);
    }

    [Fact]
    public void Lines_are_counted_through_quoted_line_ends_and_empty_lines() =>
        Assert.StartsWith(
            "HLY1114: book.csv: line 6, column 'age': 'x'",
            Message("id,age\n\"a\nb\",1\n\nc,2\nd,x\n", Schema(Text("id"), Number("age")))
        );

    [Fact]
    public void A_file_that_is_not_there_is_the_callers_mistake()
    {
        var error = Assert.Throws<HalleyException>(() => CsvReader.Read("no-such-file.csv", Book));

        Assert.Equal("HLY1125: there is no file 'no-such-file.csv'. Check the path.", error.Message);
        Assert.Equal(FaultKind.BadInput, error.Kind);
    }

    [Fact]
    public void A_gzip_file_cut_short_is_refused()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("halley-csv").FullName, "book.csv.gz");
        CsvWriter.Write(new Table([new NumericColumn("age", [.. Enumerable.Range(0, 5000)])]), path);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);

        var message = Assert.Throws<HalleyException>(() => CsvReader.Read(path, Schema(Number("age")))).Message;

        Assert.Equal($"HLY1126: {path}: the gzip data are damaged or cut short. Fetch or compress the file again.", message);
    }

    [Fact]
    public void Joined_gzip_archives_are_read_through()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("halley-csv").FullName, "book.csv.gz");
        CsvWriter.Write(new Table([new NumericColumn("1", [2, 3])]), path);
        var half = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. half, .. half]);

        Assert.Equal([2, 3, 1, 2, 3], CsvReader.Read(path, Schema(Number("1"))).Numeric("1").Values);
    }

    [Fact]
    public void Options_that_contradict_themselves_are_refused() =>
        Assert.Contains(
            "separator and decimal mark are both ','",
            Assert.Throws<ArgumentException>(() => Read("a\n", Book, new CsvOptions { DecimalMark = ',' })).Message
        );
}

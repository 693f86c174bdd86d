using System.Text;
using Halley.Data;

namespace Halley.Sources.Tests.Reading;

public sealed class BadFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_is_named_with_the_folder()
    {
        var error = Refused(folder.File("gone.csv"));

        Assert.Equal(
            $"HLY1501: there is no file '{folder.File("gone.csv")}'. Check the path; it is taken from the folder '{Environment.CurrentDirectory}'.",
            error.Message
        );
    }

    [Fact]
    public void An_unknown_extension_lists_the_known_ones() =>
        Assert.Equal(
            $"HLY1502: '{folder.File("x.xlsx")}' is neither SQL nor a file that can be read. "
                + "Name a file that ends with .csv, .csv.gz, .tsv, .tsv.gz, .txt, .parquet or .pq.",
            Refused(folder.Write("x.xlsx", "PK")).Message
        );

    [Fact]
    public void An_empty_file_says_so() =>
        Assert.Equal(
            $"HLY1503: '{folder.File("x.csv")}' is empty. A CSV file starts with a line of column names.",
            Refused(folder.Write("x.csv", "")).Message
        );

    [Fact]
    public void A_header_without_rows_can_not_be_inferred() =>
        Assert.Equal(
            $"HLY1503: '{folder.File("x.csv")}' has column names but no rows, so the columns' kinds can't be inferred. Declare a schema, or add rows.",
            Refused(folder.Write("x.csv", "a,b\n")).Message
        );

    [Theory]
    [InlineData("4,5", 2)]
    [InlineData("4,5,6,7", 4)]
    public void A_ragged_line_is_named_with_its_text(string line, int found) =>
        Assert.Equal(
            $"HLY1505: '{folder.File("x.csv")}', line 3: {found} fields where the header has 3 (\"{line}\"). "
                + "Correct the line; a field that holds the separator must stand in double quotes.",
            Refused(folder.Write("x.csv", $"a,b,c\n1,2,3\n{line}\n6,7,8\n")).Message
        );

    [Fact]
    public void An_open_quote_is_named_with_its_line() =>
        Assert.Equal(
            $"HLY1505: '{folder.File("x.csv")}', line 2: a double quote opens and is not closed. Close it, or double it inside a field.",
            Refused(folder.Write("x.csv", "a,b,c\n1,\"2,3\n4,5,6\n")).Message
        );

    [Fact]
    public void Repeated_and_empty_names_are_refused()
    {
        Assert.Equal(
            $"HLY1505: '{folder.File("x.csv")}', line 1: two columns are named 'A'. Give every column a name of its own in the first line.",
            Refused(folder.Write("x.csv", "a,b,A\n1,2,3\n")).Message
        );
        Assert.StartsWith(
            $"HLY1505: '{folder.File("y.csv")}', line 1: column 2 has no name.",
            Refused(folder.Write("y.csv", "a,,c\n1,2,3\n")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Text_that_is_not_utf8_is_named_with_its_line_and_remedy()
    {
        var body = folder.Write("x.csv", Encoding.Latin1.GetBytes("a,b\n1,2\n3,Zürich\n"));
        var header = folder.Write("y.csv", Encoding.Latin1.GetBytes("a,größe\n1,2\n"));

        Assert.Equal(
            $"HLY1506: '{body}', line 3: the text is not UTF-8 (\"3,Z?rich\"). Convert the file, for example with 'iconv -f ISO-8859-1 -t UTF-8'.",
            Refused(body).Message
        );
        Assert.Equal(
            $"HLY1506: '{header}', line 1: the text is not UTF-8. Convert the file, for example with 'iconv -f ISO-8859-1 -t UTF-8'.",
            Refused(header).Message
        );
    }

    [Theory]
    [InlineData(FieldKind.Number, "a number")]
    [InlineData(FieldKind.Exposure, "a number")]
    [InlineData(FieldKind.Date, "a date such as 2026-01-31")]
    [InlineData(FieldKind.Boolean, "true or false")]
    public void A_value_of_another_kind_is_named_with_line_and_column(FieldKind kind, string wanted)
    {
        var path = folder.Write("x.csv", "n,c\na,1\n");
        var schema = new Schema([new() { Name = "n", Kind = kind }]);

        Assert.Equal(
            $"HLY1507: '{path}', line 2, column 'n': 'a' is not {wanted}. "
                + "Correct the value, leave the field empty where it is missing, or change the column's kind in the schema.",
            Refused(path, schema).Message
        );
    }

    [Fact]
    public void Infinity_is_named_with_its_row()
    {
        var path = folder.Write("x.csv", "n\n1\n-inf\n");
        var schema = new Schema([new() { Name = "n", Kind = FieldKind.Number }]);

        Assert.Equal(
            "HLY1508: column 'n', row 2: -infinity is not a finite number. Correct the row, or leave the field empty where the value is missing.",
            Refused(path, schema).Message
        );
    }

    [Fact]
    public void All_missing_columns_are_named_at_once()
    {
        var path = folder.Write("x.csv", "a,b\n1,2\n");
        var schema = new Schema([Number("c"), Number("a"), Number("B")]);

        Assert.Equal(
            $"HLY1504: '{path}' lacks columns 'c', 'B' of the schema. It has: a, b. Correct the file, or the names in the schema.",
            Refused(path, schema).Message
        );
    }

    [Fact]
    public void A_negative_exposure_is_named_with_its_row()
    {
        var schema = new Schema([
            new()
            {
                Name = "years",
                Kind = FieldKind.Exposure,
                Role = Role.Exposure,
            },
        ]);

        Assert.StartsWith(
            "HLY1101: exposure column 'years', row 2: -1 is not a number of years",
            Refused(folder.Write("x.csv", "years\n1\n-1\n"), schema).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Files_that_are_not_what_their_name_says_are_refused()
    {
        Assert.Equal(
            $"HLY1510: '{folder.File("x.csv.gz")}' is not a valid gzip file. Compress it again, or drop '.gz' from its name.",
            Refused(folder.Write("x.csv.gz", "a,b\n1,2\n")).Message
        );
        Assert.StartsWith(
            $"HLY1510: '{folder.File("x.parquet")}' is not a valid Parquet file:",
            Refused(folder.Write("x.parquet", "hello, this is no parquet file at all")).Message,
            StringComparison.Ordinal
        );
    }

    static Field Number(string name) => new() { Name = name, Kind = FieldKind.Number };

    static HalleyException Refused(string path, Schema? schema = null) =>
        Assert.Throws<HalleyException>(() => TableReader.Read(path, schema));
}

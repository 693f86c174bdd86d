using CsCheck;
using static Halley.Data.Tests.CsvText;

namespace Halley.Data.Tests;

/// <summary>What is written reads back as the same table.</summary>
public class CsvRoundTripTests
{
    static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String[Gen.Char["ab,;\"\n\r é€x"], 0, 6],
        Gen.String[Gen.Char.AlphaNumeric, 0, 12]
    );

    static readonly Gen<double> AnyNumber = Gen.OneOf(
        Gen.Double.Where(double.IsFinite),
        Gen.Int[-1000, 1000].Select(i => i / 100.0),
        Gen.Const(double.NaN)
    );

    static readonly Gen<Table> AnyTable =
        from rows in Gen.Int[0, 40]
        from numbers in AnyNumber.Array[rows]
        from texts in AnyText.Null().Array[rows]
        from years in Gen.Double[0, 2].Array[rows]
        from codes in Gen.Int[-1, 3].Array[rows]
        from levels in AnyText.ArrayUnique[4]
        from days in Gen.Int[-1, 800_000].Array[rows]
        from booleans in Gen.SByte[-1, 1].Array[rows]
        select new Table([
            new NumericColumn("a number", numbers),
            new TextColumn("text, \"quoted\"", texts),
            new ExposureColumn("years", years),
            new CategoricalColumn("area", codes, new(levels)),
            new DateColumn("day", days),
            new BooleanColumn("yes", booleans),
        ]);

    static Schema SchemaOf(Table table) =>
        new(
            table.Columns.Select(column => new Field
            {
                Name = column.Name,
                Kind = column.Kind,
                Role = column.Kind == FieldKind.Exposure ? Role.Exposure : Role.Feature,
                Levels = (column as CategoricalColumn)?.Levels,
                WhenMissing = ValueRule.Missing,
            })
        );

    static void AssertSame(Table expected, Table actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (var column = 0; column < expected.Columns.Count; column++)
        {
            for (var row = 0; row < expected.RowCount; row++)
                Assert.Equal(expected.Columns[column].TextAt(row), actual.Columns[column].TextAt(row));
        }
    }

    [Fact]
    public void Any_table_comes_back_equal() =>
        AnyTable.Sample(table => AssertSame(table, Read(CsvText.Write(table), SchemaOf(table))), iter: 500);

    [Fact]
    public void Another_separator_and_decimal_mark_come_back_equal()
    {
        var options = new CsvOptions { Separator = ';', DecimalMark = ',' };
        AnyTable.Sample(table => AssertSame(table, Read(CsvText.Write(table, options), SchemaOf(table), options)), iter: 200);
    }

    [Fact]
    public void Doubles_come_back_to_the_bit() =>
        AnyNumber
            .Array[1, 50]
            .Sample(values =>
            {
                var table = new Table([new NumericColumn("x", values)]);
                var back = Read(CsvText.Write(table), SchemaOf(table)).Numeric("x").Values;
                return values.AsSpan().SequenceEqual(back);
            });

    [Fact]
    public void Only_fields_that_need_it_are_quoted()
    {
        var table = new Table([
            new TextColumn("id", ["a b", "a,b", "", null, "q\"q"]),
            new NumericColumn("n", [1, 2.5, 3, 1e21, 5]),
        ]);

        Assert.Equal("id,n\na b,1\n\"a,b\",2.5\n\"\",3\n,1E+21\n\"q\"\"q\",5\n", CsvText.Write(table));
    }

    [Fact]
    public void A_gzip_file_comes_back_equal_and_nothing_unfinished_stays()
    {
        var folder = Directory.CreateTempSubdirectory("halley-csv").FullName;
        var path = Path.Combine(folder, "book.csv.gz");
        var table = new Table([new NumericColumn("x", [1, 2, 3])]);

        CsvWriter.Write(table, path);

        Assert.Equal([1, 2, 3], CsvReader.Read(path).Numeric("x").Values);
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_file_that_can_not_be_written_is_an_environment_fault()
    {
        var error = Assert.Throws<HalleyException>(() => CsvWriter.Write(new Table([]), "no/such/folder/book.csv"));

        Assert.StartsWith("HLY1127: 'no/such/folder/book.csv' can't be written:", error.Message);
        Assert.Equal(FaultKind.Environment, error.Kind);
    }
}

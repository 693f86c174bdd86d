namespace Halley.Data.Tests;

public class TableFingerprintTests
{
    static Table Sample(double age = 40, string id = "p", int code = 0, string level = "A", string name = "age") =>
        new([
            new NumericColumn(name, [18, age, double.NaN]),
            new TextColumn("id", [id, null, ""]),
            new CategoricalColumn("area", [code, 1, -1], new([level, "B"])),
            new DateColumn("start", [1, 2, -1]),
            new BooleanColumn("new", [1, 0, -1]),
            new ExposureColumn("years", [1, 0.5, 0]),
        ]);

    [Fact]
    public void Equal_tables_have_equal_fingerprints() =>
        Assert.Equal(TableFingerprint.Of(Sample()), TableFingerprint.Of(Sample()));

    [Fact]
    public void It_is_the_hash_of_the_documented_bytes() =>
        Assert.Equal("f70ca2cdaf66bb701ac480f69b5d5e914348cdf40455f126e23c17b8f2400a9c", TableFingerprint.Of(Sample()));

    [Fact]
    public void Every_missing_number_is_the_same_value()
    {
        var otherNaN = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(double.NaN) + 1);
        Assert.Equal(
            TableFingerprint.Of(new([new NumericColumn("x", [double.NaN])])),
            TableFingerprint.Of(new([new NumericColumn("x", [otherNaN])]))
        );
    }

    [Fact]
    public void Anything_else_changes_it()
    {
        var table = Sample();
        Table[] tables =
        [
            table,
            Sample(age: 40.000000000000007),
            Sample(id: "q"),
            Sample(code: 1),
            Sample(level: "C"),
            Sample(name: "Age"),
            table.Take([1, 0, 2]),
            table.Without("new"),
            table.Select(table.Columns.Select(column => column.Name).Reverse()),
        ];

        Assert.Equal(tables.Length, tables.Select(TableFingerprint.Of).Distinct().Count());
    }

    [Fact]
    public void Texts_do_not_run_into_each_other() =>
        Assert.NotEqual(
            TableFingerprint.Of(new([new TextColumn("x", ["ab", "c"])])),
            TableFingerprint.Of(new([new TextColumn("x", ["a", "bc"])]))
        );
}

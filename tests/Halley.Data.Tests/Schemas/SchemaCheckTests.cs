namespace Halley.Data.Tests;

public class SchemaCheckTests
{
    static readonly Field Age = new()
    {
        Name = "age",
        Kind = FieldKind.Number,
        Whole = true,
        Minimum = 18,
        WhenMissing = ValueRule.Missing,
    };

    static readonly Field Area = new()
    {
        Name = "area",
        Kind = FieldKind.Category,
        Levels = new(["A", "B"]),
    };

    static Column Apply(Field field, Column column) => SchemaCheck.Apply(new([field]), new([column])).Columns[0];

    static string Message(Field field, Column column) =>
        Assert.Throws<HalleyException>(() => SchemaCheck.Apply(new([field]), new([column]), "book.parquet")).Message;

    [Fact]
    public void A_column_that_fits_is_shared()
    {
        Column[] columns = [new NumericColumn("age", [18, double.NaN]), new CategoricalColumn("area", [1, 0], new(["A", "B"]))];

        var table = SchemaCheck.Apply(new([Area, Age]), new([.. columns, new NumericColumn("other", [1, 2])]));

        Assert.Equal([columns[1], columns[0]], table.Columns);
    }

    [Fact]
    public void Kinds_are_converted_where_nothing_is_lost()
    {
        var years = new Field
        {
            Name = "x",
            Kind = FieldKind.Exposure,
            Role = Role.Exposure,
        };
        var numbers = new NumericColumn("x", [1, 0]);

        Assert.Equal([1, 0], ((ExposureColumn)Apply(years, numbers)).Years);
        Assert.Equal(
            [1, 0],
            ((BooleanColumn)Apply(years with { Kind = FieldKind.Boolean, Role = Role.Feature }, numbers)).Values.ToArray()
        );
        Assert.Equal(["1", "0"], ((TextColumn)Apply(years with { Kind = FieldKind.Text, Role = Role.Id }, numbers)).Values);
        var category = (CategoricalColumn)Apply(years with { Kind = FieldKind.Category, Role = Role.Feature }, numbers);
        Assert.Equal(["0", "1"], category.Levels.Levels);
        Assert.Equal([1, 0], category.Codes);
    }

    [Fact]
    public void Levels_are_recoded_to_the_declared_order_by_the_rules()
    {
        var column = new CategoricalColumn("area", [0, 1, 2, -1], new(["C", "B", "A"]));
        var field = Area with { WhenUnseen = ValueRule.Replace("B"), WhenMissing = ValueRule.Replace("A") };

        Assert.Equal([1, 1, 0, 0], ((CategoricalColumn)Apply(field, column)).Codes);
        Assert.Equal(
            [-1, 1, 0, -1],
            (
                (CategoricalColumn)Apply(Area with { WhenUnseen = ValueRule.Missing, WhenMissing = ValueRule.Missing }, column)
            ).Codes
        );
    }

    [Fact]
    public void Missing_values_are_replaced_by_the_rule()
    {
        Assert.Equal(
            [20, 30],
            (
                (NumericColumn)Apply(
                    Age with
                    {
                        WhenMissing = ValueRule.Replace("30"),
                    },
                    new NumericColumn("age", [20, double.NaN])
                )
            ).Values
        );
        var start = new Field
        {
            Name = "start",
            Kind = FieldKind.Date,
            WhenMissing = ValueRule.Replace("0001-01-03"),
        };
        Assert.Equal([7, 2], ((DateColumn)Apply(start, new DateColumn("start", [7, -1]))).DayNumbers);
    }

    [Fact]
    public void A_bad_value_is_named_with_its_row() =>
        Assert.StartsWith(
            "HLY1116: book.parquet: row 2, column 'age': '17' is out of range; expected a whole number of at least 18. Correct it,",
            Message(Age, new NumericColumn("age", [18, 17]))
        );

    [Fact]
    public void Every_sort_of_problem_is_told_at_once()
    {
        var schema = new Schema([
            Age,
            Area,
            new Field { Name = "none", Kind = FieldKind.Number },
            new Field { Name = "start", Kind = FieldKind.Date },
            new Field { Name = "yes", Kind = FieldKind.Boolean },
            new Field
            {
                Name = "years",
                Kind = FieldKind.Exposure,
                Role = Role.Exposure,
            },
        ]);
        var table = new Table([
            new NumericColumn("age", [18.5, double.PositiveInfinity]),
            new TextColumn("area", ["C", null]),
            new NumericColumn("start", [1, 2]),
            new NumericColumn("yes", [2, 1]),
            new NumericColumn("years", [-1, double.NaN]),
        ]);

        var lines = Assert.Throws<HalleyException>(() => SchemaCheck.Apply(schema, table)).Message.Split('\n');

        Assert.Equal(
            [
                "HLY1112: the table has 9 problems:",
                "  HLY1112 there is no column 'none'. The table has: age, area, start, yes, years. Rename the column, or take the field out of the schema.",
                "  HLY1128 column 'start' is of kind number where the schema has date. Change the kind in the schema, or convert the column where it is made.",
            ],
            lines.Take(3)
        );
        Assert.Equal(
            ["HLY1117", "HLY1118", "HLY1121", "HLY1101", "HLY1115", "HLY1119", "HLY1119"],
            lines.Skip(3).Select(line => line.Trim()[..7])
        );
    }
}

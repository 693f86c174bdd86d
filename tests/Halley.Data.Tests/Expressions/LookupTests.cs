using Halley.Data.Expressions;
using static Halley.Data.Tests.Expressions.ExpressionRunner;

namespace Halley.Data.Tests.Expressions;

public sealed class LookupTests
{
    static readonly LookupTable Rates = new()
    {
        Name = "rates",
        Keys = [new("region"), new("age", IsRange: true)],
        Rows =
        [
            new(["North", "..25"], "1.5"),
            new(["North", "25.."], "1"),
            new(["South", "..18"], "3"),
            new(["South", "18..60"], "2"),
            new(["East", null], "9"),
        ],
        Default = "7",
    };

    static LookupTable OneKey(params (string? Key, string Value)[] rows) =>
        new()
        {
            Name = "t",
            Keys = [new("k")],
            Rows = [.. rows.Select(row => new LookupRow([row.Key], row.Value))],
        };

    [Theory]
    [InlineData("lookup(rates, region, n)", "2")]
    [InlineData("lookup(rates, region, 17.99)", "3")]
    [InlineData("lookup(rates, region, 18)", "2")]
    [InlineData("lookup(rates, region, 60)", "7")]
    [InlineData("lookup(\"rates\", if(no, region, \"North\"), 25)", null)]
    [InlineData("lookup(rates, region, n + 1) * 10", "20")]
    public void Exact_and_range_keys(string text, string? expected)
    {
        if (expected is null)
            Assert.Equal("1", First(text, Rates));
        else
            Assert.Equal(expected, First(text, Rates));
    }

    [Fact]
    public void Missing_key_is_missing_whatever_the_default() => Assert.Null(Missing("lookup(rates, region, n)", Rates));

    [Fact]
    public void Null_cell_takes_the_missing_key() =>
        Assert.Equal("4", Missing("lookup(t, region)", OneKey(("North", "1"), ("South", "2"), ("East", "3"), (null, "4"))));

    [Fact]
    public void Values_may_be_levels()
    {
        var table = OneKey(("North", "low"), ("South", "high"), ("East", "low")) with { ValueKind = FieldKind.Category };
        Assert.Equal("high", First("lookup(t, region)", table));
        Assert.Equal("true", First("lookup(t, region) == \"high\"", table));
    }

    [Fact]
    public void Keys_may_be_numbers_booleans_and_dates()
    {
        Assert.Equal("5", First("lookup(t, x)", OneKey(("1", "4"), ("2.0", "5"))));
        Assert.Equal("5", First("lookup(t, yes)", OneKey(("true", "5"), ("false", "6"))));
        Assert.Equal("5", First("lookup(t, start)", OneKey(("2024-02-29", "5"))));
        var ranges = OneKey(("..2026-01-01", "1"), ("2026-01-01..", "2")) with { Keys = [new("k", IsRange: true)] };
        Assert.Equal("2", First("lookup(t, end)", ranges));
    }

    [Fact]
    public void Number_without_a_row_or_default_is_missing() => Assert.Null(First("lookup(t, n)", OneKey(("1", "4"))));

    [Fact]
    public void Large_table_of_two_keys_finds_every_row()
    {
        var rows =
            from a in Enumerable.Range(0, 50)
            from b in Enumerable.Range(0, 40)
            select new LookupRow([$"{a}", $"{b * 2}..{b * 2 + 2}"], $"{a * 1000 + b}");
        var table = new LookupTable
        {
            Name = "big",
            Keys = [new("a"), new("b", IsRange: true)],
            Rows = [.. rows],
        };
        var keys = new Table([
            new NumericColumn("a", [.. Enumerable.Range(0, 4000).Select(row => (double)(row % 50))]),
            new NumericColumn("b", [.. Enumerable.Range(0, 4000).Select(row => row / 50 + 0.5)]),
        ]);
        var found = (NumericColumn)
            TableExpressions.Evaluate(
                keys,
                Expression.Parse("lookup(big, a, b)"),
                "r",
                new Dictionary<string, LookupTable> { ["big"] = table }
            );
        for (var row = 0; row < 4000; row++)
            Assert.Equal(row % 50 * 1000 + row / 50 / 2, found.Values[row]);
    }

    public static TheoryData<string, LookupTable, string> Refused { get; } =
        new()
        {
            {
                "lookup(t, region)",
                OneKey(("North", "1"), ("Sud", "2")),
                "row 2, key 'k': 'Sud' is not one of the levels. There are: 'North', 'South', 'East'."
            },
            {
                "lookup(t, region)",
                OneKey(("North", "1")),
                "no row has the levels 'South', 'East' of key 'k'. Add rows, or give the table a default."
            },
            { "lookup(t, x)", OneKey(("1", "1"), ("1.0", "2")), "rows 1 and 2 match the same keys. At most one row may match." },
            { "lookup(t, x)", OneKey(("1", "one")), "row 1: the value 'one' is not a number." },
            { "lookup(t, x)", OneKey(("one", "1")), "row 1, key 'k': 'one' is not a number." },
            {
                "lookup(t, x)",
                OneKey(("1..2", "1")) with
                {
                    Keys = [new("k", true), new("l")],
                },
                "it has 2 keys (k, l) and 1 are given."
            },
            {
                "lookup(t, x)",
                OneKey(("5..2", "1")) with
                {
                    Keys = [new("k", true)],
                },
                "row 1, key 'k': '5..2' is not a range, such as 18..25 (25 not included), ..18 or 65..."
            },
            {
                "lookup(t, x)",
                OneKey(("1..5", "1"), ("4..8", "2")) with
                {
                    Keys = [new("k", true)],
                },
                "rows 1 and 2 match the same keys. At most one row may match."
            },
            {
                "lookup(t, region)",
                OneKey(("1..5", "1")) with
                {
                    Keys = [new("k", true)],
                },
                "key 'k' holds ranges, and a category has none."
            },
            { "lookup(t, x)", OneKey() with { Default = "1" }, "it has no keys or no rows." },
            {
                "lookup(t, x)",
                OneKey(("1", "1")) with
                {
                    Rows = [new(["1", "2"], "1")],
                },
                "row 1 has 2 keys where the table has 1."
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Contradictory_table_is_refused(string text, LookupTable table, string problem) =>
        Assert.Equal(
            $"HLY1205: expression, line 1, column 8: table 't': {problem}\n    {text}\n           ^",
            Error(text, table)
        );
}

using Halley.Data.Expressions;
using static Halley.Data.Tests.Expressions.ExpressionRunner;

namespace Halley.Data.Tests.Expressions;

public sealed class ExpressionErrorTests
{
    [Theory]
    [InlineData("1 + )", "HLY1201", 1, 5, "found ')' where a value was expected.")]
    [InlineData("1 +", "HLY1201", 1, 4, "found the end where a value was expected.")]
    [InlineData("x y", "HLY1201", 1, 3, "found the name 'y' where an operator or the end was expected.")]
    [InlineData("(x + y", "HLY1201", 1, 7, "found the end where ')' for the '(' at line 1, column 1 was expected.")]
    [InlineData(
        "min(x y)",
        "HLY1201",
        1,
        7,
        "found the name 'y' where ',' or ')' in the list that starts at line 1, column 1 was expected."
    )]
    [InlineData("min(x,)", "HLY1201", 1, 7, "found ')' where a value after ',' was expected.")]
    [InlineData("x > 1 && y > 1", "HLY1201", 1, 7, "'&' has no meaning here; write 'and'.")]
    [InlineData("1 < x < 3", "HLY1201", 1, 7, "comparisons can't be chained. Write 'a < b and b < c', or use brackets.")]
    [InlineData("x + 1.2.3", "HLY1201", 1, 5, "'1.2.3' is not a number. Write it as 1234.5 or 1.2e-3.")]
    [InlineData("x + 1e999", "HLY1201", 1, 5, "'1e999' is not a number. Write it as 1234.5 or 1.2e-3.")]
    [InlineData("region == \"Nor", "HLY1201", 1, 11, "the text that starts here has no closing \".")]
    [InlineData("region == \"a\\q\"", "HLY1201", 1, 13, "'\\q' is no escape. There are \\\" \\' \\\\ \\n \\t.")]
    [InlineData("x in ()", "HLY1201", 1, 6, "the list after 'in' is empty.")]
    [InlineData("x in 3", "HLY1201", 1, 6, "found '3' where a list after 'in', such as (\"A\", \"B\") was expected.")]
    [InlineData("`` + 1", "HLY1201", 1, 1, "a name between backquotes needs at least one character and a closing `.")]
    [InlineData("ex + 1", "HLY1202", 1, 1, "there is no field or step 'ex'. Nearest of 10: 'x', 'y', 'n'.")]
    [InlineData("1 + expp(x)", "HLY1202", 1, 5, "there is no function 'expp'. Nearest of 24: 'exp'.")]
    [InlineData("log + 1", "HLY1202", 1, 1, "'log' is a function; give it its arguments: log(x).")]
    [InlineData("lookup(rates, region)", "HLY1202", 1, 8, "there is no table 'rates'.")]
    [InlineData("x + region", "HLY1203", 1, 5, "'+' takes numbers; found the category 'region'.")]
    [InlineData("x * (y > 1)", "HLY1203", 1, 8, "'*' takes numbers; found a boolean.")]
    [InlineData("x and yes", "HLY1203", 1, 1, "'and' takes a boolean; found the number 'x'.")]
    [InlineData("not start", "HLY1203", 1, 5, "'not' takes a boolean; found the date 'start'.")]
    [InlineData("start + end", "HLY1203", 1, 9, "'+' with a date takes a date and a number of days; found the date 'end'.")]
    [InlineData(
        "start - region",
        "HLY1203",
        1,
        9,
        "'-' with a date takes two dates, or a date and a number of days; found the category 'region'."
    )]
    [InlineData(
        "x == region",
        "HLY1203",
        1,
        3,
        "'==' compares values of one kind; found the number 'x' and the category 'region'."
    )]
    [InlineData(
        "x == \"North\"",
        "HLY1203",
        1,
        3,
        "'==' compares values of one kind; found the number 'x' and the text \"North\"."
    )]
    [InlineData("region < \"North\"", "HLY1203", 1, 1, "'<' takes numbers or dates; found the category 'region'.")]
    [InlineData("x == missing", "HLY1203", 1, 6, "a comparison with 'missing' is always missing. Write is_missing(x).")]
    [InlineData("x != missing", "HLY1203", 1, 6, "a comparison with 'missing' is always missing. Write not is_missing(x).")]
    [InlineData("if(x, 1, 2)", "HLY1203", 1, 4, "the condition of 'if' takes a boolean; found the number 'x'.")]
    [InlineData(
        "if(yes, 1, region)",
        "HLY1203",
        1,
        12,
        "the values of 'if' must be of one kind; found a number and the category 'region'."
    )]
    [InlineData("clamp(x, 1)", "HLY1203", 1, 1, "'clamp' is given 2 arguments; write clamp(x, low, high).")]
    [InlineData("clamp(x, 5, 1)", "HLY1203", 1, 10, "the low bound of 'clamp' is above its high bound.")]
    [InlineData(
        "round(x, y)",
        "HLY1203",
        1,
        10,
        "the decimals of 'round' must be a number known beforehand, not computed from a field."
    )]
    [InlineData("round(x, 1.5)", "HLY1203", 1, 10, "the decimals of 'round' are a whole number from 0 to 15.")]
    [InlineData("band(x, 3, 3)", "HLY1203", 1, 12, "the breaks of 'band' must increase.")]
    [InlineData("min(region, 1)", "HLY1203", 1, 5, "'min' takes numbers or dates; found the category 'region'.")]
    [InlineData("min(x, start)", "HLY1203", 1, 8, "'min' of a number takes a number; found the date 'start'.")]
    [InlineData("start > \"yesterday\"", "HLY1203", 1, 9, "\"yesterday\" is not a date. Write it as 2026-01-31.")]
    [InlineData("date(\"2026-02-30\") > start", "HLY1203", 1, 6, "\"2026-02-30\" is not a date. Write it as 2026-01-31.")]
    [InlineData("date(x)", "HLY1203", 1, 6, "'date' takes a text, as in date(\"2026-01-31\").")]
    [InlineData("x in (1, y)", "HLY1203", 1, 10, "the list after 'in' holds constants only. Write x == y or x == z.")]
    [InlineData(
        "x in (1, \"a\")",
        "HLY1203",
        1,
        10,
        "'in' looks for the number 'x' in a list of that kind; found the text \"a\"."
    )]
    [InlineData("\"a\" in (1, 2)", "HLY1203", 1, 1, "'in' takes a field, step or formula on its left; found the text \"a\".")]
    [InlineData(
        "region == \"Sout\"",
        "HLY1204",
        1,
        11,
        "\"Sout\" is not a level of the category it is compared with. There are: 'North', 'South', 'East'."
    )]
    [InlineData(
        "region in (\"North\", \"Eest\")",
        "HLY1204",
        1,
        21,
        "\"Eest\" is not a level of the category it is compared with. There are: 'North', 'South', 'East'."
    )]
    public void Message_names_place_problem_and_remedy(string text, string code, int line, int column, string problem) =>
        Assert.Equal(
            $"{code}: expression, line {line}, column {column}: {problem}\n    {text}\n    {new string(' ', column - 1)}^",
            Error(text)
        );

    [Fact]
    public void Later_lines_are_counted_and_shown_alone() =>
        Assert.Equal(
            "HLY1203: step 'premium', line 3, column 3: '+' takes numbers; found the category 'region'.\n    + region)\n      ^",
            Assert
                .Throws<HalleyException>(() =>
                    TableExpressions.Evaluate(Rows, Expression.Parse("# risk\nmax(x, y\n+ region)\n", "step 'premium'"), "r")
                )
                .Message
        );

    [Fact]
    public void A_long_line_is_cut_to_what_surrounds_the_caret()
    {
        var text = string.Concat(Enumerable.Repeat("x + ", 60)) + "region" + string.Concat(Enumerable.Repeat(" + x", 60));
        var lines = Error(text).Split('\n');
        Assert.Contains("column 241", lines[0], StringComparison.Ordinal);
        Assert.Equal(104, lines[1].Length);
        Assert.Equal("region", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 6));
    }

    [Fact]
    public void Text_column_is_refused_with_the_remedy()
    {
        var table = new Table([new TextColumn("id", ["a", "b"])]);
        var error = Assert.Throws<HalleyException>(() =>
            TableExpressions.Evaluate(table, Expression.Parse("is_missing(id)"), "r")
        );
        Assert.Equal(
            "HLY1210: field 'id' is text, which has no numeric form. Declare it a category with its levels, or leave it out.",
            error.Message
        );
    }

    [Fact]
    public void Filter_must_be_a_boolean() =>
        Assert.Equal(
            "HLY1203: the filter 'x + 1' is a number; it must be true or false in each row. Compare it with something.",
            Assert.Throws<HalleyException>(() => TableExpressions.Where(Rows, Expression.Parse("x + 1"))).Message
        );

    [Theory]
    [InlineData("(", "more than 250 deep")]
    [InlineData("-", "more than 250 deep")]
    [InlineData("not ", "more than 250 deep")]
    [InlineData("abs(", "more than 250 deep")]
    [InlineData("1+", "more than 250 deep")]
    [InlineData("1^", "more than 250 deep")]
    [InlineData("1,", "more than 20,000 parts")]
    public void Hostile_text_meets_a_limit_not_the_end_of_the_stack(string piece, string limit)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 99_990 / piece.Length / 2));
        Assert.Contains(piece == "1," ? limit : "HLY1206", Error(text), StringComparison.Ordinal);
        var short_ = string.Concat(Enumerable.Repeat(piece, 300));
        if (piece != "1,")
            Assert.Contains(limit, Error(short_), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_over_the_limit_is_not_read() =>
        Assert.Equal(
            "HLY1206: expression: the text has 100,001 characters; at most 100,000 are read. Split it into steps, or use a lookup table.",
            Error(new string('1', 100_001))
        );
}

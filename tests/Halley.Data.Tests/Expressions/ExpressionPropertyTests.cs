using CsCheck;
using Halley.Data.Expressions;

namespace Halley.Data.Tests.Expressions;

public sealed class ExpressionPropertyTests
{
    const int Rows = 40;

    [Fact]
    public void Columns_and_single_rows_give_the_same_bits() =>
        Gen.Select(RandomExpressions.OfAnyKind.Select(Printer.Print), RandomExpressions.RandomTable(Rows))
            .Sample(
                (text, table) =>
                {
                    var expression = Expression.Parse(text);
                    var whole = Slots(table, expression);
                    for (var row = 0; row < Rows; row++)
                        AssertSameBits(whole[row], Slots(table.Take([row]), expression)[0], text, row);
                },
                iter: 2000
            );

    [Fact]
    public void More_rows_than_a_block_on_several_threads_give_the_same_bits() =>
        Gen.Select(RandomExpressions.OfAnyKind.Select(Printer.Print), RandomExpressions.RandomTable(Rows))
            .Sample(
                (text, table) =>
                {
                    var expression = Expression.Parse(text);
                    var repeated = table.Take([.. Enumerable.Range(0, 2500).Select(row => row % Rows)]);
                    var (few, many) = (Slots(table, expression), Slots(repeated, expression));
                    for (var row = 0; row < many.Length; row++)
                        AssertSameBits(few[row % Rows], many[row], text, row);
                },
                iter: 200
            );

    [Fact]
    public void Printed_text_parses_to_the_same_tree() =>
        RandomExpressions.OfAnyKind.Sample(
            node =>
            {
                var text = Printer.Print(node);
                var parsed = Parser.Parse(new SourceText(text, "expression"));
                Assert.Equal(Shape(node), Shape(parsed));
                Assert.Equal(text, Printer.Print(parsed));
            },
            iter: 5000
        );

    [Fact]
    public void Random_expressions_spread_over_values_and_missing()
    {
        var (missing, present, kinds) = (0, 0, new HashSet<FieldKind>());
        Gen.Select(RandomExpressions.OfAnyKind.Select(Printer.Print), RandomExpressions.RandomTable(Rows))
            .Sample(
                (text, table) =>
                {
                    var column = TableExpressions.Evaluate(table, Expression.Parse(text), "r");
                    missing += column.MissingCount;
                    present += column.RowCount - column.MissingCount;
                    kinds.Add(column.Kind);
                },
                iter: 400,
                threads: 1
            );
        Assert.Equal(4, kinds.Count);
        Assert.InRange((double)missing / (missing + present), 0.1, 0.9);
    }

    [Fact]
    public void Any_text_gives_an_expression_or_an_error_with_a_code() =>
        Gen.OneOf(
                "x",
                "1",
                "(",
                ")",
                "+",
                "-",
                "^",
                "in",
                "not",
                "if",
                ",",
                "\"",
                "'",
                "`",
                "<",
                "=",
                " ",
                ".",
                "e",
                "\\",
                "é",
                "\n"
            )
            .Array[0, 30]
            .Select(string.Concat)
            .Sample(
                text =>
                {
                    try
                    {
                        Assert.NotNull(Expression.Parse(text).ToString());
                    }
                    catch (HalleyException error)
                    {
                        Assert.StartsWith("HLY12", error.Message, StringComparison.Ordinal);
                    }
                },
                iter: 20_000
            );

    static double[] Slots(Table table, Expression expression)
    {
        var column = TableExpressions.Evaluate(table, expression, "r");
        var slots = new double[table.RowCount];
        column.CopySlots(0, slots);
        return slots;
    }

    static void AssertSameBits(double expected, double actual, string text, int row)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual))
            return;
        if (BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(actual))
            Assert.Fail($"{text}, row {row}: {expected:R} over columns, {actual:R} over one row.");
    }

    /// <summary>The tree without positions, every bracket written.</summary>
    static string Shape(Node node) =>
        node switch
        {
            NumberNode number => number.Value.ToString("R"),
            TextNode text => $"\"{text.Value}\"",
            BooleanNode boolean => boolean.Value.ToString(),
            NameNode name => $"[{name.Name}]",
            UnaryNode unary => $"({unary.Operator} {Shape(unary.Operand)})",
            BinaryNode binary => $"({Shape(binary.Left)} {binary.Operator} {Shape(binary.Right)})",
            MembershipNode list => $"({Shape(list.Value)} in {list.Negated} {string.Join(',', list.Members.Select(Shape))})",
            CallNode call => $"{call.Function}<{string.Join(',', call.Arguments.Select(Shape))}>",
            _ => node.ToString(),
        };
}

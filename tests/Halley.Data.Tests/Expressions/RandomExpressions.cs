using CsCheck;
using Halley.Data.Expressions;

namespace Halley.Data.Tests.Expressions;

/// <summary>Random trees of the language, well typed, over the columns of <see cref="RandomTable"/>.</summary>
static class RandomExpressions
{
    static readonly LevelList Letters = new(["a", "b", "c", "d"]);

    internal static Gen<Node> OfAnyKind { get; } = Gen.OneOf<Node>(Numbers(4), Booleans(4), Categories(4), Dates(3));

    /// <summary>A table with missing values in every column.</summary>
    internal static Gen<Table> RandomTable(int rows) =>
        Gen.Select(
            Gen.OneOf<double>(Gen.Double[-3, 3], Gen.Double, Gen.OneOf(double.NaN, 0, 1, -1, 2)).Array[rows],
            Gen.Double[0, 100].Array[rows],
            Gen.Int[-1, 3].Array[rows],
            Gen.Int[-1, 1].Array[rows],
            Gen.OneOf<int>(Gen.Int[730_000, 745_000], Gen.Const(-1)).Array[rows],
            (x, y, letters, flags, days) =>
                new Table([
                    new NumericColumn("x", [.. x.Select(value => double.IsFinite(value) ? value : double.NaN)]),
                    new NumericColumn("a y", y),
                    new CategoricalColumn("letter", letters, Letters),
                    new BooleanColumn("flag", Array.ConvertAll(flags, flag => (sbyte)flag)),
                    new DateColumn("day", days),
                ])
        );

    static Gen<Node> Numbers(int depth)
    {
        var leaf = Gen.OneOf<Node>(
            Gen.OneOf("x", "a y").Select(Node (name) => new NameNode(name, 0)),
            Gen.OneOf<double>(Gen.Double[0, 10], Gen.OneOf(0.0, 1, 2, 1e-300, 1e300))
                .Select(Node (value) => new NumberNode(value, 0))
        );
        if (depth == 0)
            return leaf;
        var inner = Numbers(depth - 1);
        return Gen.Frequency(
            (2, leaf),
            (4, Binary(Gen.OneOf("+", "-", "*", "/", "%", "^"), inner, inner)),
            (1, inner.Select(Node (operand) => new UnaryNode("-", operand, 0))),
            (1, Call(Gen.OneOf("exp", "log", "sqrt", "abs", "floor", "ceil", "round", "logistic"), inner)),
            (1, Call(Gen.OneOf("min", "max", "pow", "coalesce"), inner, inner)),
            (1, Call(Gen.Const("if"), Booleans(depth - 1), inner, inner)),
            (1, Call(Gen.OneOf("year", "month", "day", "weekday"), Dates(depth - 1))),
            (1, Call(Gen.OneOf("years_between", "whole_years"), Dates(depth - 1), Dates(depth - 1))),
            (1, Binary(Gen.Const("-"), Dates(depth - 1), Dates(depth - 1)))
        );
    }

    static Gen<Node> Booleans(int depth)
    {
        var leaf = Gen.OneOf<Node>(
            Gen.Const<Node>(new NameNode("flag", 0)),
            Gen.Bool.Select(Node (value) => new BooleanNode(value, 0))
        );
        if (depth == 0)
            return leaf;
        var (inner, numbers) = (Booleans(depth - 1), Numbers(depth - 1));
        var levels = Gen.OneOf("a", "b", "d").Select(Node (level) => new TextNode(level, 0));
        return Gen.Frequency(
            (1, leaf),
            (3, Binary(Gen.OneOf("and", "or"), inner, inner)),
            (1, inner.Select(Node (operand) => new UnaryNode("not", operand, 0))),
            (3, Binary(Gen.OneOf("==", "!=", "<", "<=", ">", ">="), numbers, numbers)),
            (1, Binary(Gen.OneOf("==", "!="), Gen.Const<Node>(new NameNode("letter", 0)), levels)),
            (1, Call(Gen.Const("is_missing"), numbers)),
            (
                1,
                Gen.Select(
                    levels.Array[1, 3],
                    Gen.Bool,
                    Node (members, negated) => new MembershipNode(new NameNode("letter", 0), members, negated, 0)
                )
            )
        );
    }

    static Gen<Node> Categories(int depth)
    {
        var leaf = Gen.OneOf<Node>(
            Gen.Const<Node>(new NameNode("letter", 0)),
            Gen.OneOf("b", "new \"level\"", "tab\t\\").Select(Node (text) => new TextNode(text, 0))
        );
        if (depth == 0)
            return leaf;
        var inner = Categories(depth - 1);
        return Gen.OneOf<Node>(
            leaf,
            Call(Gen.Const("if"), Booleans(depth - 1), inner, inner),
            Call(Gen.Const("coalesce"), inner, inner),
            Numbers(depth - 1)
                .Select(Node (value) => new CallNode("band", [value, new NumberNode(0, 0), new NumberNode(1.5, 0)], 0))
        );
    }

    static Gen<Node> Dates(int depth)
    {
        var leaf = Gen.Const<Node>(new NameNode("day", 0));
        if (depth == 0)
            return leaf;
        var inner = Dates(depth - 1);
        return Gen.OneOf<Node>(
            leaf,
            Gen.Const<Node>(new CallNode("date", [new TextNode("2024-02-29", 0)], 0)),
            Binary(Gen.OneOf("+", "-"), inner, Numbers(depth - 1)),
            Call(Gen.OneOf("min", "max", "coalesce"), inner, inner)
        );
    }

    static Gen<Node> Binary(Gen<string> symbol, Gen<Node> left, Gen<Node> right) =>
        Gen.Select(symbol, left, right, Node (name, a, b) => new BinaryNode(name, a, b, 0));

    static Gen<Node> Call(Gen<string> function, params Gen<Node>[] arguments) =>
        arguments.Length switch
        {
            1 => Gen.Select(function, arguments[0], Node (name, a) => new CallNode(name, [a], 0)),
            2 => Gen.Select(function, arguments[0], arguments[1], Node (name, a, b) => new CallNode(name, [a, b], 0)),
            _ => Gen.Select(
                function,
                arguments[0],
                arguments[1],
                arguments[2],
                Node (name, a, b, c) => new CallNode(name, [a, b, c], 0)
            ),
        };
}

using Halley.Data.Expressions;
using static Halley.Data.Tests.Expressions.ExpressionRunner;

namespace Halley.Data.Tests.Expressions;

public sealed class GuideTests
{
    static readonly string[] Lines = File.ReadAllLines(Path.Combine(ProjectRoot.Path, "docs", "guide", "expressions.md"));

    /// <summary>Rows of three cells whose second is an expression.</summary>
    static IEnumerable<(string Example, string Value)> Examples() =>
        from line in Lines
        let cells = line.Split(" | ")
        where cells.Length == 3 && cells[1].StartsWith('`')
        select (cells[1].Trim().Trim('`'), cells[2].Trim(' ', '|'));

    [Fact]
    public void Every_example_of_the_guide_gives_the_value_beside_it()
    {
        Assert.InRange(Examples().Count(), 35, 200);
        foreach (var (example, value) in Examples())
            Assert.Equal((example, value), (example, First(example) ?? "missing"));
    }

    [Fact]
    public void Every_function_is_in_the_guide_with_its_signature()
    {
        var guide = string.Join('\n', Lines);
        foreach (var signature in Compiler.Signatures)
            Assert.Contains(signature.Split(" or ")[0], guide, StringComparison.Ordinal);
    }
}

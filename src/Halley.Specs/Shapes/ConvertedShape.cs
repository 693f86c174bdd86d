using System.Text.Json.Nodes;

namespace Halley.Specs;

sealed class ConvertedShape<T, TOut>(Shape<T> inner, Func<T, SpecNode, SpecProblems, TOut?> convert) : Shape<TOut>
{
    public override string Expected => inner.Expected;

    public override TOut? Read(SpecNode node, SpecProblems problems)
    {
        var before = new SpecProblemsMark(problems);
        var value = inner.Read(node, problems);
        return before.IsUnchanged && value is not null ? convert(value, node, problems) : default;
    }

    public override JsonObject ToJsonSchema() => inner.ToJsonSchema();
}

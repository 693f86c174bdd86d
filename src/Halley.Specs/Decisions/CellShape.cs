using System.Text.Json.Nodes;

namespace Halley.Specs;

/// <summary>A cell of a lookup table: a text, or nothing for a missing value.</summary>
sealed class CellShape : Shape<string?>
{
    public override string Expected => "a text, or ~ for a missing value";

    public override string? Read(SpecNode node, SpecProblems problems)
    {
        if (node is ScalarNode scalar)
            return scalar.IsNull ? null : scalar.Text;
        Refuse(node, Expected, problems);
        return null;
    }

    public override JsonObject ToJsonSchema() => new() { ["type"] = new JsonArray("string", "number", "boolean", "null") };
}

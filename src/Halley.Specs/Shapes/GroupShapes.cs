using System.Text.Json.Nodes;

namespace Halley.Specs;

/// <summary>A list of one kind of thing.</summary>
/// <param name="loneItem">Whether a single thing may stand without the list around it.</param>
sealed class ListShape<T>(Shape<T> item, bool loneItem) : Shape<IReadOnlyList<T>>
{
    public override string Expected => $"a list, each {item.Expected}";

    public override IReadOnlyList<T>? Read(SpecNode node, SpecProblems problems)
    {
        if (node is not ListNode list)
        {
            if (loneItem)
                return [item.Read(node, problems)!];
            Refuse(node, Expected, problems);
            return null;
        }
        return [.. list.Items.Select(one => item.Read(one, problems)!)];
    }

    public override JsonObject ToJsonSchema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.ToJsonSchema() };
        return loneItem ? new() { ["anyOf"] = new JsonArray(item.ToJsonSchema(), list) } : list;
    }
}

/// <summary>Keys of the user's own choice, in the file's order, each with the same kind of value.</summary>
sealed class MapShape<T>(Shape<T> value) : Shape<IReadOnlyList<KeyValuePair<string, T>>>
{
    public override string Expected => $"a group of keys, each with {value.Expected}";

    public override IReadOnlyList<KeyValuePair<string, T>>? Read(SpecNode node, SpecProblems problems)
    {
        if (node is MapNode map)
            return [.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key, value.Read(entry.Value, problems)!))];
        Refuse(node, Expected, problems);
        return null;
    }

    public override JsonObject ToJsonSchema() => new() { ["type"] = "object", ["additionalProperties"] = value.ToJsonSchema() };
}

/// <summary>One of several shapes, chosen by what stands there: the first whose test holds.</summary>
sealed class EitherShape<T>(string expected, params (Func<SpecNode, bool> Test, Shape<T> Shape)[] cases) : Shape<T>
{
    public override string Expected => expected;

    public override T? Read(SpecNode node, SpecProblems problems)
    {
        foreach (var (test, shape) in cases)
        {
            if (test(node))
                return shape.Read(node, problems);
        }
        Refuse(node, Expected, problems);
        return default;
    }

    public override JsonObject ToJsonSchema() =>
        new() { ["anyOf"] = new JsonArray([.. cases.Select(one => (JsonNode)one.Shape.ToJsonSchema())]) };
}

using System.Text.Json.Nodes;
using Halley.Data;

namespace Halley.Specs;

/// <summary>A group of declared keys. An unknown key is a problem, never ignored: a mistyped option must not be silently without effect.</summary>
/// <param name="what">What the group is, for messages: "a model spec".</param>
sealed class ObjectShape<T>(string what, IReadOnlyList<Key> keys, Func<KeyValues, T?> build) : Shape<T>
{
    public override string Expected => what;

    public override T? Read(SpecNode node, SpecProblems problems)
    {
        if (node is not MapNode map)
        {
            Refuse(node, $"{what} (keys: {string.Join(", ", keys.Select(key => key.Name))})", problems);
            return default;
        }
        var mark = new SpecProblemsMark(problems);
        RefuseUnknown(map, problems);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var value = map.Find(key.Name);
            if (value is null or ScalarNode { IsNull: true })
            {
                if (key.IsRequired)
                    problems.Add(node, $"{what} lacks the key '{key.Name}': {key.Meaning}");
            }
            else
            {
                values[key.Name] = key.Read(value, problems);
            }
        }
        return mark.IsUnchanged ? build(new(map, values, problems)) : default;
    }

    void RefuseUnknown(MapNode map, SpecProblems problems)
    {
        foreach (var entry in map.Entries.Where(entry => keys.All(key => key.Name != entry.Key)))
        {
            var names = keys.Select(key => key.Name).ToArray();
            var hint = NearestText.Hint(entry.Key, names);
            problems.Add(
                entry.Line,
                entry.Column,
                $"unknown key '{entry.Key}' in {what}.{(hint == "" ? $" It has: {string.Join(", ", names)}." : hint)}"
            );
        }
    }

    public override JsonObject ToJsonSchema()
    {
        var properties = new JsonObject();
        foreach (var key in keys)
            properties[key.Name] = key.ToJsonSchema();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        if (keys.Any(key => key.IsRequired))
            schema["required"] = new JsonArray([.. keys.Where(key => key.IsRequired).Select(key => (JsonNode)key.Name)]);
        return schema;
    }
}

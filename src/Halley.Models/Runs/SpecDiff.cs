using System.Text.Json.Nodes;

namespace Halley.Models;

/// <summary>What changed between two specs, leaf by leaf.</summary>
public static class SpecDiff
{
    /// <summary>Differences in the order of the specs' members; none where they say the same.</summary>
    public static IReadOnlyList<SpecChange> Between(ModelSpec before, ModelSpec after)
    {
        var changes = new List<SpecChange>();
        Compare("", JsonNode.Parse(before.ToJson()), JsonNode.Parse(after.ToJson()), changes);
        return changes;
    }

    static void Compare(string path, JsonNode? before, JsonNode? after, List<SpecChange> changes)
    {
        if (JsonNode.DeepEquals(before, after))
            return;
        if (before is JsonObject left && after is JsonObject right)
        {
            foreach (var name in left.Select(member => member.Key).Union(right.Select(member => member.Key)))
                Compare(path.Length == 0 ? name : $"{path}.{name}", left[name], right[name], changes);
        }
        else if (before is JsonArray first && after is JsonArray second)
        {
            for (var i = 0; i < Math.Max(first.Count, second.Count); i++)
                Compare($"{path}[{i}]", i < first.Count ? first[i] : null, i < second.Count ? second[i] : null, changes);
        }
        else
        {
            changes.Add(new(path, before?.ToJsonString(ModelJson.Text), after?.ToJsonString(ModelJson.Text)));
        }
    }
}

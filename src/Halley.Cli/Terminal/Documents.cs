using System.Text.Json.Nodes;

namespace Halley.Cli;

/// <summary>Results that already are JSON.</summary>
static class Documents
{
    /// <summary>The object, marked <c>simulated</c> where its figures rest on generated data.</summary>
    public static JsonObject With(string json, bool simulated)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        document["simulated"] = simulated;
        return document;
    }
}

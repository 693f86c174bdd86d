using System.Text.Json;

namespace Halley.Testing;

/// <summary>What a run of the command printed, and how it ended.</summary>
public sealed record CommandRun(int Status, string Output, string Messages)
{
    /// <summary>The one JSON document on standard output.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }
}

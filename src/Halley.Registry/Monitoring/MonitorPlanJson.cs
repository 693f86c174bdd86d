using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>A monitor plan as a release holds it, so that a server can watch its decisions.</summary>
public static class MonitorPlanJson
{
    /// <summary>Name of the release's file.</summary>
    public const string TableName = "monitor";

    public static byte[] ToBytes(MonitorPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, RegistryJson.Default.MonitorPlan);

    /// <param name="place">What to call the text in errors, for example the release.</param>
    /// <exception cref="HalleyException">HLY5612: the bytes are no monitor plan.</exception>
    public static MonitorPlan Read(ReadOnlySpan<byte> utf8, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, RegistryJson.Default.MonitorPlan) ?? throw new JsonException("it is null");
        }
        catch (JsonException problem)
        {
            throw new HalleyException(
                "HLY5612",
                $"the monitor plan of {place} can't be read: {problem.Message} Make the release again.",
                inner: problem
            );
        }
    }
}

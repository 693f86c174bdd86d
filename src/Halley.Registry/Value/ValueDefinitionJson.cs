using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>A value definition as a release holds it, so that a server can tell what its decisions earned.</summary>
public static class ValueDefinitionJson
{
    /// <summary>Name of the release's file.</summary>
    public const string TableName = "value";

    public static byte[] ToBytes(ValueDefinition definition) =>
        JsonSerializer.SerializeToUtf8Bytes(definition, RegistryJson.Default.ValueDefinition);

    /// <param name="place">What to call the text in errors, for example the release.</param>
    /// <exception cref="HalleyException">HLY5602: the bytes are no value definition.</exception>
    public static ValueDefinition Read(ReadOnlySpan<byte> utf8, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, RegistryJson.Default.ValueDefinition)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException problem)
        {
            throw new HalleyException(
                "HLY5602",
                $"the value definition of {place} can't be read: {problem.Message} Make the release again.",
                inner: problem
            );
        }
    }
}

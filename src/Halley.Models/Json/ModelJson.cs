using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Halley.Models;

/// <summary>The one way in which specs, headers, runs and evaluations become JSON text and are read back.</summary>
/// <remarks>
/// Canonical: members in declaration order, nulls left out, doubles as the shortest text that reads back to the same bits, no spaces.
/// Strict: every member that has a value is there, none is unknown or doubled, nothing is null, and nesting is at most 32 deep.
/// </remarks>
static class ModelJson
{
    const int MaximumDepth = 32;

    static readonly JsonSerializerOptions Plain = PlainOptions();
    static readonly JsonSerializerOptions Canonical = new(Plain) { Converters = { new ModelSpecConverter() } };
    static readonly JsonSerializerOptions Pretty = new(Canonical) { WriteIndented = true };

    /// <summary>A spec alone, without the defaults of <see cref="ModelSpecConverter"/>.</summary>
    public static JsonTypeInfo<ModelSpec> PlainSpec => TypeInfo<ModelSpec>(Plain);

    /// <summary>Options for texts of single nodes.</summary>
    public static JsonSerializerOptions Text { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>(Canonical));

    /// <summary>With line breaks, for people.</summary>
    public static string WriteIndented<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>(Pretty));

    public static byte[] WriteUtf8<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>(Canonical));

    /// <exception cref="JsonException">The text is not JSON, or not of this shape.</exception>
    public static T Read<T>(string json)
        where T : class => Read<T>(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="Read{T}(string)"/>
    public static T Read<T>(ReadOnlySpan<byte> utf8)
        where T : class
    {
        RefuseNulls(utf8);
        try
        {
            return JsonSerializer.Deserialize(utf8, TypeInfo<T>(Canonical)) ?? throw new JsonException("the text is null.");
        }
        catch (NotSupportedException problem)
        {
            // How the serializer says that a part with several kinds lacks its "kind".
            throw new JsonException(problem.Message, problem);
        }
    }

    /// <summary>A writer leaves nulls out, so one in a text is a foreign hand; in an array the serializer would let it through.</summary>
    static void RefuseNulls(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null)
                throw new JsonException($"byte {reader.TokenStartIndex}: null is not allowed; leave the member out.");
        }
    }

    static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    static JsonSerializerOptions PlainOptions() =>
        new(ModelJsonContext.Default.Options)
        {
            TypeInfoResolver = ModelJsonContext.Default.WithAddedModifier(ModelJsonRules.Apply),
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaximumDepth,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            NewLine = "\n",
        };
}

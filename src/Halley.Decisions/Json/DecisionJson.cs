using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Halley.Decisions;

/// <summary>A definition as JSON: what a release stores and hashes. The same definition always gives the same bytes.</summary>
public static class DecisionJson
{
    static readonly JsonSerializerOptions Options = new(DecisionJsonContext.Default.Options)
    {
        TypeInfoResolver = DecisionJsonContext.Default.WithAddedModifier(RequireAll),
    };

    static readonly JsonTypeInfo<DecisionDefinition> Definition =
        (JsonTypeInfo<DecisionDefinition>)Options.GetTypeInfo(typeof(DecisionDefinition));

    /// <summary>Compact UTF-8, every member written.</summary>
    public static byte[] ToBytes(DecisionDefinition definition) => JsonSerializer.SerializeToUtf8Bytes(definition, Definition);

    /// <summary>Reads what <see cref="ToBytes"/> wrote. The definition is not yet checked: <see cref="DecisionPlan"/> does when it compiles.</summary>
    /// <param name="place">What to call the text in errors, for example the release.</param>
    /// <exception cref="HalleyException">HLY4002: the bytes are no definition.</exception>
    public static DecisionDefinition Read(ReadOnlySpan<byte> utf8, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Definition)
                ?? throw new HalleyException(DecisionCodes.Json, $"{place}: it is null where a decision's definition is needed.");
        }
        catch (JsonException error)
        {
            throw new HalleyException(
                DecisionCodes.Json,
                $"{place}, line {(error.LineNumber ?? 0) + 1}, {error.Path ?? "$"}: {PlainMessage(error)}",
                inner: error
            );
        }
    }

    /// <summary>Generated metadata runs no initializers: a member left out would silently become null or 0, so none may be.</summary>
    static void RequireAll(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in type.Properties)
            property.IsRequired = !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null;
    }

    /// <summary>The message without the place that the library appends.</summary>
    static string PlainMessage(JsonException error)
    {
        var place = error.Message.IndexOf(" Path: $", StringComparison.Ordinal);
        return place < 0 ? error.Message : error.Message[..place];
    }
}

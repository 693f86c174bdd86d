using System.Text;
using System.Text.Json;

namespace Halley.Data;

/// <summary>Text tokens of a JSON reader, unescaped without making strings.</summary>
static class JsonText
{
    const int OnStack = 1024;
    const int LongestShown = 64;

    /// <summary>Number of the token's text in an index; −1 where it is not there or is no Unicode text.</summary>
    public static int Find(ref Utf8JsonReader reader, Utf8Index index)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence)
            return index.Find(reader.ValueSpan);
        var length = LengthOf(ref reader);
        Span<byte> text = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        return TryCopy(ref reader, text, out var written) ? index.Find(text[..written]) : -1;
    }

    /// <summary>Day number of a token that is an ISO date.</summary>
    public static bool TryGetDate(ref Utf8JsonReader reader, out int dayNumber)
    {
        Span<byte> text = stackalloc byte[OnStack];
        dayNumber = -1;
        return LengthOf(ref reader) <= OnStack
            && TryCopy(ref reader, text, out var written)
            && IsoDate.TryParse(text[..written], out dayNumber);
    }

    /// <summary>The whole text of a string token; null where it is no Unicode text.</summary>
    public static string? Get(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A token as it was sent, cut where it is long, to be shown in an error.</summary>
    public static string Shown(ref Utf8JsonReader reader)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.StartObject => "{…}",
            JsonTokenType.StartArray => "[…]",
            JsonTokenType.String or JsonTokenType.PropertyName => Get(ref reader) ?? Raw(ref reader),
            _ => Raw(ref reader),
        };
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }

    /// <summary>What a token is: <c>a number</c>.</summary>
    public static string KindOf(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.Number => "a number",
            JsonTokenType.String => "text",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            _ => "null",
        };

    static int LengthOf(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length;

    static string Raw(ref Utf8JsonReader reader) =>
        reader.HasValueSequence
            ? Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence))
            : Encoding.UTF8.GetString(reader.ValueSpan);

    static bool TryCopy(ref Utf8JsonReader reader, scoped Span<byte> target, out int written)
    {
        try
        {
            written = reader.CopyString(target);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            written = 0;
            return false;
        }
    }
}

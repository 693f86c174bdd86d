using System.Globalization;
using System.Text.Json;
using Halley.Data;

namespace Halley.Server;

/// <summary>Reads the variants of a request; names everything wrong with them at once, each by its place.</summary>
static class VariantsReader
{
    public const int Most = 100;

    /// <param name="reader">Stands on the first token of the list; on its last afterwards.</param>
    public static IReadOnlyList<VariantCall> Read(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader, List<FieldProblem> found)
    {
        var variants = new List<VariantCall>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            found.Add(new("variants", null, "is not a list", "[{\"inputs\": {…}}, …]", FieldProblemKind.WrongKind));
            reader.Skip();
            return variants;
        }
        var place = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadItem(body, ref reader, place++, found) is { } variant)
                variants.Add(variant);
        }
        if (place is 0 or > Most)
            found.Add(new("variants", null, $"has {place} entries", $"1 to {Most} variants", FieldProblemKind.OutOfRange));
        if (variants.GroupBy(variant => variant.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            found.Add(new("variants", twice.Key, "names two variants", "another name for each", FieldProblemKind.Duplicate));
        return variants;
    }

    static VariantCall? ReadItem(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader, int place, List<FieldProblem> found)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"variants[{place}]");
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            found.Add(new(at, null, "is not an object", "{\"name\": …, \"inputs\": {…}}", FieldProblemKind.WrongKind));
            reader.Skip();
            return null;
        }
        string? name = null;
        ReadOnlyMemory<byte>? inputs = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var kind = reader.TokenType;
            if (member == "name" && kind == JsonTokenType.String)
                name = reader.GetString();
            else if (member == "inputs" && kind == JsonTokenType.StartObject)
            {
                reader.Skip();
                inputs = body[start..(int)reader.BytesConsumed];
            }
            else
            {
                var isKnown = member is "name" or "inputs";
                found.Add(
                    new(
                        $"{at}.{member}",
                        null,
                        isKnown ? "can't be taken" : "is no field of a variant",
                        member == "inputs" ? "an object with the inputs that differ" : "name (a text), inputs",
                        isKnown ? FieldProblemKind.WrongKind : FieldProblemKind.Extra
                    )
                );
                reader.Skip();
            }
        }
        if (inputs is null)
            found.Add(new($"{at}.inputs", null, "is missing", "an object with the inputs that differ", FieldProblemKind.Missing));
        return inputs is { } changes ? new(name ?? place.ToString(CultureInfo.InvariantCulture), changes) : null;
    }
}

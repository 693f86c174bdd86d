using System.Text.Json;

namespace Halley.Boosting;

/// <summary>JSON text as a <see cref="DocumentNode"/>. At most 64 deep; a member that stands twice is refused.</summary>
static class JsonDocumentReader
{
    const int MaximumDepth = 64;

    /// <summary>What the bare word NaN is read as, which XGBoost writes for thresholds that are not used; it is as long.</summary>
    internal const string NotANumber = "N";

    internal static DocumentNode Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("NaN"u8) >= 0)
            utf8 = WithoutBareWords(utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            if (!reader.Read())
                throw ForeignErrors.MalformedAt("byte 0", $"the file is empty.");
            var root = ReadValue(ref reader, "document");
            if (reader.Read())
                throw ForeignErrors.MalformedAt($"byte {reader.TokenStartIndex}", $"something follows the end of the document.");
            return root;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw ForeignErrors.MalformedAt($"byte {reader.BytesConsumed}", $"it is not JSON: {problem.Message}", problem);
        }
    }

    /// <summary>A copy with <c>NaN</c> outside texts as <c>"N"</c>: every byte keeps its place.</summary>
    static byte[] WithoutBareWords(ReadOnlySpan<byte> utf8)
    {
        var (copy, inText) = (utf8.ToArray(), false);
        for (var i = 0; i < copy.Length; i++)
        {
            if (inText && copy[i] == '\\')
                i++;
            else if (copy[i] == '"')
                inText = !inText;
            else if (!inText && copy.AsSpan(i).StartsWith("NaN"u8))
            {
                "\"N\""u8.CopyTo(copy.AsSpan(i));
                i += 2;
            }
        }
        return copy;
    }

    static DocumentNode ReadValue(ref Utf8JsonReader reader, string path) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, path),
            JsonTokenType.StartArray => ReadArray(ref reader, path),
            JsonTokenType.String => new(path) { TextValue = reader.GetString() },
            JsonTokenType.Number => new(path) { NumberValue = NumberOf(ref reader, path) },
            JsonTokenType.True => new(path) { NumberValue = 1 },
            JsonTokenType.False => new(path) { NumberValue = 0 },
            _ => new(path),
        };

    static double NumberOf(ref Utf8JsonReader reader, string path)
    {
        if (!reader.TryGetDouble(out var value) || !double.IsFinite(value))
            throw ForeignErrors.MalformedAt(path, $"byte {reader.TokenStartIndex}: the number is beyond the range of doubles.");
        return value;
    }

    static DocumentNode ReadObject(ref Utf8JsonReader reader, string path)
    {
        var members = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var at = reader.TokenStartIndex;
            reader.Read();
            if (!members.TryAdd(name, ReadValue(ref reader, Below(path, name))))
                throw ForeignErrors.MalformedAt(path, $"byte {at}: '{DocumentNode.Shortened(name)}' stands twice.");
        }
        return new(path) { Members = members };
    }

    static DocumentNode ReadArray(ref Utf8JsonReader reader, string path)
    {
        var (numbers, items) = (new List<double>(), (List<DocumentNode>?)null);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items is null && reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                numbers.Add(ReadValue(ref reader, path).NumberValue!.Value);
                continue;
            }
            items ??= [.. numbers.Select((value, i) => new DocumentNode($"{path}[{i}]") { NumberValue = value })];
            items.Add(ReadValue(ref reader, $"{path}[{items.Count}]"));
        }
        return items is null ? new(path) { NumberItems = [.. numbers] } : new(path) { Items = items };
    }

    static string Below(string path, string name) => path == "document" ? name : path + "." + name;
}

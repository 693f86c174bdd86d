using System.Globalization;
using System.Text.Json;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Reads the envelope of a request; names everything wrong with it at once.</summary>
static class DecisionCallReader
{
    const int LongestKey = 200;

    /// <param name="body">The whole body. Bare NaN and Infinity are kept as text, so that the field that holds them can be named.</param>
    /// <param name="headerKey">The Idempotency-Key header, or null.</param>
    /// <param name="problems">All that is wrong with the envelope; empty where nothing is.</param>
    /// <returns>The call, so that its inputs can be checked even where the envelope is wrong; null where it has none.</returns>
    public static DecisionCall? Read(
        ReadOnlyMemory<byte> body,
        string? headerKey,
        int maximumDepth,
        out IReadOnlyList<FieldProblem> problems
    )
    {
        var found = new List<FieldProblem>();
        DecisionCall? call = null;
        try
        {
            call = Read(body, headerKey, maximumDepth, found);
        }
        catch (JsonException error)
            when (NonFiniteLiterals.Quote(body.Span) is { } quoted && !quoted.AsSpan().SequenceEqual(body.Span))
        {
            _ = error;
            return Read(quoted, headerKey, maximumDepth, out problems);
        }
        catch (InvalidOperationException)
        {
            // A text that is no Unicode: bytes that are not UTF-8, or half of a surrogate pair.
            found.Add(
                new("", null, "a name or text in it is not valid UTF-8", "one JSON object in UTF-8", FieldProblemKind.Unreadable)
            );
        }
        catch (JsonException error)
        {
            var place = string.Create(
                CultureInfo.InvariantCulture,
                $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"
            );
            found.Add(
                new(
                    "",
                    null,
                    $"not JSON of at most {maximumDepth} levels ({place})",
                    "one JSON object",
                    FieldProblemKind.Unreadable
                )
            );
        }
        problems = found;
        return call;
    }

    static DecisionCall? Read(ReadOnlyMemory<byte> body, string? headerKey, int maximumDepth, List<FieldProblem> found)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = maximumDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            found.Add(new("", null, "the body is not an object", "{\"inputs\": {…}}", FieldProblemKind.WrongKind));
            return null;
        }
        var (key, unit, purpose, explain) = (headerKey, (string?)null, Purpose.Live, false);
        ReadOnlyMemory<byte>? inputs = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!seen.Add(name))
                found.Add(new(name, null, "appears twice", "each field once", FieldProblemKind.Duplicate));
            switch (name)
            {
                case "inputs":
                    inputs = Slice(body, ref reader);
                    break;
                case "request_id":
                    key = Text(ref reader, name, found) ?? key;
                    break;
                case "unit_id":
                    unit = Text(ref reader, name, found);
                    break;
                case "explain":
                    explain = Flag(ref reader, found);
                    break;
                case "purpose":
                    purpose = PurposeOf(Text(ref reader, name, found), found);
                    break;
                default:
                    found.Add(
                        new(
                            name,
                            null,
                            "is no field of a request",
                            "inputs, unit_id, request_id, purpose, explain",
                            FieldProblemKind.Extra
                        )
                    );
                    reader.Skip();
                    break;
            }
        }
        // Reads to the end, so that text behind the object is refused too.
        while (reader.Read()) { }
        if (headerKey is not null && key != headerKey)
            found.Add(new("request_id", key, "differs from the Idempotency-Key header", "one key", FieldProblemKind.WrongKind));
        if (key is { Length: 0 or > LongestKey })
            found.Add(
                new(
                    "request_id",
                    null,
                    $"has {key.Length} characters",
                    $"1 to {LongestKey} characters",
                    FieldProblemKind.OutOfRange
                )
            );
        if (inputs is not { } record)
        {
            found.Add(new("inputs", null, "is missing", "an object with the decision's inputs", FieldProblemKind.Missing));
            return null;
        }
        return new()
        {
            Key = key,
            UnitId = unit,
            Purpose = purpose,
            Explain = explain,
            Inputs = record,
            Hash = ContentHash.Of(body.Span),
        };
    }

    static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    static string? Text(ref Utf8JsonReader reader, string name, List<FieldProblem> found)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        found.Add(new(name, null, "is not a text", "a text", FieldProblemKind.WrongKind));
        reader.Skip();
        return null;
    }

    static bool Flag(ref Utf8JsonReader reader, List<FieldProblem> found)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.TokenType == JsonTokenType.True;
        found.Add(new("explain", null, "is neither true nor false", "true or false", FieldProblemKind.BadBoolean));
        reader.Skip();
        return false;
    }

    static Purpose PurposeOf(string? word, List<FieldProblem> found)
    {
        switch (word)
        {
            case null or "live":
                return Purpose.Live;
            case "test":
                return Purpose.Test;
            case "what_if":
                return Purpose.WhatIf;
            default:
                found.Add(new("purpose", word, "is no purpose", "live, test or what_if", FieldProblemKind.UnknownLevel));
                return Purpose.Live;
        }
    }
}

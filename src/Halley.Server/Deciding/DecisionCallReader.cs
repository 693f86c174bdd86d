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
        var (key, unit, purpose, explain) = (headerKey, (string?)null, (Purpose?)null, false);
        var (date, transaction, original, schema, earlier) = (
            (DateOnly?)null,
            (Transaction?)null,
            (Guid?)null,
            (string?)null,
            (Guid?)null
        );
        ReadOnlyMemory<byte>? inputs = null;
        ReadOnlyMemory<byte>? changes = null;
        IReadOnlyList<VariantCall> variants = [];
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
                case "as_of":
                    date = DateOf(Text(ref reader, name, found), found);
                    break;
                case "transaction":
                    transaction = TransactionOf(Text(ref reader, name, found), found);
                    break;
                case "original_decision_id":
                    original = IdOf(Text(ref reader, name, found), name, found);
                    break;
                case "schema":
                    schema = Text(ref reader, name, found);
                    break;
                case "earlier_decision_id":
                    earlier = IdOf(Text(ref reader, name, found), name, found);
                    break;
                case "changes":
                    changes = Slice(body, ref reader);
                    break;
                case "variants":
                    variants = VariantsReader.Read(body, ref reader, found);
                    break;
                default:
                    found.Add(new(name, null, "is no field of a request", Fields, FieldProblemKind.Extra));
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
        CheckTogether(transaction, original, found);
        if (seen.Contains("earlier_decision_id") || changes is not null)
        {
            CheckWhatIf(seen, purpose, found);
            (inputs, purpose) = (changes ?? "{}"u8.ToArray(), Purpose.WhatIf);
        }
        if (inputs is not { } record)
        {
            found.Add(new("inputs", null, "is missing", "an object with the decision's inputs", FieldProblemKind.Missing));
            return null;
        }
        return new()
        {
            Key = key,
            UnitId = unit,
            Purpose = purpose ?? Purpose.Live,
            Explain = explain,
            Inputs = record,
            AsOf = date,
            Transaction = transaction,
            Original = original,
            Schema = schema,
            Earlier = earlier,
            Variants = variants,
            Hash = key is null ? default : ContentHash.Of(body.Span),
        };
    }

    static void CheckTogether(Transaction? transaction, Guid? original, List<FieldProblem> found)
    {
        const string field = "original_decision_id";
        if (transaction == Transaction.Adjustment && original is null && found.All(problem => problem.Field != field))
            found.Add(new(field, null, "is missing", "the id of the decision that is adjusted", FieldProblemKind.Missing));
        if (transaction != Transaction.Adjustment && original is not null)
            found.Add(
                new(field, original.ToString(), "is only for adjustments", "transaction adjustment", FieldProblemKind.Extra)
            );
    }

    /// <summary>A what-if names a decision and what differs; the rest comes from that decision.</summary>
    static void CheckWhatIf(HashSet<string> seen, Purpose? purpose, List<FieldProblem> found)
    {
        if (!seen.Contains("earlier_decision_id"))
            found.Add(
                new("earlier_decision_id", null, "is missing", "the id of the decision to change", FieldProblemKind.Missing)
            );
        if (purpose is not null and not Purpose.WhatIf)
            found.Add(
                new("purpose", null, "does not fit earlier_decision_id", "what_if, or nothing", FieldProblemKind.WrongKind)
            );
        foreach (var name in TakenFromEarlier.Where(seen.Contains))
            found.Add(new(name, null, "is taken from the earlier decision", "changes alone", FieldProblemKind.Extra));
    }

    static readonly string[] TakenFromEarlier =
    [
        "inputs",
        "unit_id",
        "variants",
        "as_of",
        "transaction",
        "original_decision_id",
        "schema",
    ];

    const string Fields =
        "inputs, unit_id, request_id, purpose, explain, as_of, transaction, original_decision_id, schema, variants, earlier_decision_id, changes";

    static DateOnly? DateOf(string? text, List<FieldProblem> found)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        found.Add(new("as_of", text, "is no date", "a date as 2026-04-01", FieldProblemKind.BadDate));
        return null;
    }

    static Transaction? TransactionOf(string? word, List<FieldProblem> found)
    {
        if (word is null)
            return null;
        var transaction = TransactionNames.Find(word);
        if (transaction is null)
            found.Add(
                new(
                    "transaction",
                    word,
                    "is no transaction",
                    string.Join(", ", TransactionNames.All),
                    FieldProblemKind.UnknownLevel
                )
            );
        return transaction;
    }

    static Guid? IdOf(string? text, string name, List<FieldProblem> found)
    {
        if (text is null)
            return null;
        if (Guid.TryParse(text, out var id))
            return id;
        found.Add(
            new(name, text.Length > 64 ? text[..64] : text, "is no id", "the id of a decision", FieldProblemKind.WrongKind)
        );
        return null;
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

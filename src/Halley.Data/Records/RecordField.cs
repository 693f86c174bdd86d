using System.Text.Json;

namespace Halley.Data;

/// <summary>Encodes and decodes one field of a record.</summary>
sealed class RecordField
{
    readonly JsonEncodedText[] levels;

    public RecordField(Field field)
    {
        Codec = new(field);
        if (field.Kind == FieldKind.Category && field.Levels is null)
            throw new HalleyException(
                "HLY1403",
                $"field '{field.Name}' is a category without levels, so a record can't be checked. List its levels in the schema."
            );
        levels = [.. (field.Levels?.Levels ?? []).Select(level => JsonEncodedText.Encode(level))];
    }

    public FieldCodec Codec { get; }

    /// <summary>The slot value of the token at which the reader stands; NaN where there is a problem.</summary>
    public double Encode(ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return EncodeMissing("null", "is null, which stands for a missing value", ref problems);
        return Codec.Field.Kind switch
        {
            FieldKind.Number or FieldKind.Exposure => EncodeNumber(ref reader, ref problems),
            FieldKind.Category => EncodeLevel(ref reader, ref problems),
            FieldKind.Boolean => EncodeBoolean(ref reader, ref problems),
            FieldKind.Date => EncodeDate(ref reader, ref problems),
            _ => CheckText(ref reader, ref problems),
        };
    }

    public double EncodeMissing(string? value, string problem, ref RecordProblems problems)
    {
        if (!Codec.RefusesMissing)
            return Codec.MissingSlot;
        problems.Add(Codec.Field, FieldProblemKind.Missing, value, problem);
        return double.NaN;
    }

    /// <summary>The token's text for a text field, or what stands for a missing one; null for other kinds.</summary>
    public string? TextOf(ref Utf8JsonReader reader) =>
        Codec.Field.Kind != FieldKind.Text ? null
        : reader.TokenType == JsonTokenType.String ? JsonText.Get(ref reader)
        : Codec.Field.WhenMissing.Value;

    public void Decode(double slot, Utf8JsonWriter writer)
    {
        if (double.IsNaN(slot))
        {
            writer.WriteNullValue();
            return;
        }
        switch (Codec.Field.Kind)
        {
            case FieldKind.Category:
                writer.WriteStringValue(levels[(int)slot]);
                break;
            case FieldKind.Boolean:
                writer.WriteBooleanValue(slot != 0);
                break;
            case FieldKind.Date:
                Span<char> date = stackalloc char[10];
                DateOnly
                    .FromDayNumber((int)slot)
                    .TryFormat(date, out _, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
                writer.WriteStringValue(date);
                break;
            default:
                writer.WriteNumberValue(slot);
                break;
        }
    }

    double EncodeNumber(ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        if (reader.TokenType != JsonTokenType.Number)
            return reader.TokenType == JsonTokenType.String
                ? NumberInText(ref reader, ref problems)
                : WrongKind(ref reader, "a number", ref problems);
        var kind = reader.TryGetDouble(out var value) ? Codec.CheckNumber(value) : FieldProblemKind.NotFinite;
        return kind == FieldProblemKind.None ? value : Refuse(kind, ref reader, ref problems);
    }

    double NumberInText(ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        var text = JsonText.Shown(ref reader);
        var kind =
            Utf8Number.NamesNonFinite(text) ? FieldProblemKind.NotFinite
            : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) ? FieldProblemKind.NumberAsText
            : FieldProblemKind.NotANumber;
        var problem = kind == FieldProblemKind.NumberAsText ? "is text where a number is needed; send it without quotes" : null;
        problems.Add(Codec.Field, kind, text, problem);
        return double.NaN;
    }

    double EncodeLevel(ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        if (reader.TokenType != JsonTokenType.String)
            return WrongKind(ref reader, "text", ref problems);
        var code = JsonText.Find(ref reader, Codec.Levels!);
        if (code >= 0)
            return code;
        if (Codec.Field.WhenUnseen.Action != ValueAction.Reject)
            return Codec.UnseenSlot;
        var text = JsonText.Shown(ref reader);
        var nearest = NearestText.Of(text, Codec.Field.Levels!.Levels);
        problems.Add(
            Codec.Field,
            FieldProblemKind.UnknownLevel,
            text,
            FieldWording.Problem(FieldProblemKind.UnknownLevel) + (nearest is null ? "" : $"; the nearest is '{nearest}'")
        );
        return double.NaN;
    }

    double EncodeBoolean(ref Utf8JsonReader reader, ref RecordProblems problems) =>
        reader.TokenType switch
        {
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            _ => WrongKind(ref reader, "true or false", ref problems),
        };

    double EncodeDate(ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        if (reader.TokenType != JsonTokenType.String)
            return WrongKind(ref reader, "a date as text", ref problems);
        var kind = JsonText.TryGetDate(ref reader, out var day) ? Codec.CheckDate(day) : FieldProblemKind.BadDate;
        return kind == FieldProblemKind.None ? day : Refuse(kind, ref reader, ref problems);
    }

    double CheckText(ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        if (reader.TokenType != JsonTokenType.String)
            return WrongKind(ref reader, "text", ref problems);
        // Without escapes, bytes that are UTF-8 need no string to prove it.
        var isText =
            !reader.ValueIsEscaped && !reader.HasValueSequence
                ? System.Text.Unicode.Utf8.IsValid(reader.ValueSpan)
                : JsonText.Get(ref reader) is not null;
        if (!isText)
            problems.Add(
                Codec.Field,
                FieldProblemKind.Unreadable,
                JsonText.Shown(ref reader),
                "holds bytes that are no Unicode text"
            );
        return double.NaN;
    }

    double Refuse(FieldProblemKind kind, ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        problems.Add(Codec.Field, kind, JsonText.Shown(ref reader));
        return double.NaN;
    }

    double WrongKind(ref Utf8JsonReader reader, string needed, ref RecordProblems problems)
    {
        problems.Add(
            Codec.Field,
            FieldProblemKind.WrongKind,
            JsonText.Shown(ref reader),
            $"is {JsonText.KindOf(reader.TokenType)} where {needed} is needed"
        );
        return double.NaN;
    }
}

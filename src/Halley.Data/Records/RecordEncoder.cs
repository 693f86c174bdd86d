using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Halley.Data;

/// <summary>Encodes one live record, a JSON object, into slot values by a schema, and back. Immutable, safe to share between threads.</summary>
/// <remarks>
/// Slot i holds field i of the schema: number, level code, day number, boolean 0/1; NaN where missing, and always for text.
/// Everything that is wrong with a record is told at once. A good record is encoded without allocating.
/// </remarks>
public sealed class RecordEncoder
{
    // As deep as any record's own fields need; deeper input is refused before it costs anything.
    const int DeepestRecord = 32;

    readonly RecordField[] fields;
    readonly Utf8Index names;
    readonly JsonEncodedText[] encodedNames;

    /// <exception cref="HalleyException">HLY1401 a field contradicts itself, HLY1403 a category has no levels.</exception>
    public RecordEncoder(Schema schema, ExtraFields extraFields = ExtraFields.Reject)
    {
        Schema = schema;
        ExtraFields = extraFields;
        fields = [.. schema.Fields.Select(field => new RecordField(field))];
        names = new(schema.Fields.Select(field => field.Name));
        encodedNames = [.. schema.Fields.Select(field => JsonEncodedText.Encode(field.Name))];
    }

    public Schema Schema { get; }

    public ExtraFields ExtraFields { get; }

    /// <summary>Slots of a record: one a field of the schema.</summary>
    public int SlotCount => fields.Length;

    /// <summary>Encodes a whole JSON text that must be one object.</summary>
    /// <param name="slots">Shape (<see cref="SlotCount"/>): the result; not to be used where there are problems.</param>
    /// <param name="problems">All that is wrong, in the order of the record and then of the schema; null where nothing is.</param>
    public bool TryEncode(
        ReadOnlySpan<byte> json,
        Span<double> slots,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    ) => TryEncode(json, slots, [], out problems);

    /// <inheritdoc cref="TryEncode(ReadOnlySpan{byte}, Span{double}, out IReadOnlyList{FieldProblem}?)"/>
    /// <param name="texts">Empty, or shape (<see cref="SlotCount"/>): the values of text fields.</param>
    public bool TryEncode(
        ReadOnlySpan<byte> json,
        Span<double> slots,
        Span<string?> texts,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    )
    {
        try
        {
            return TryEncodeJson(json, slots, texts, out problems);
        }
        catch (JsonException error)
        {
            // NaN and Infinity are no JSON, yet many programs write them: quoted, they can be named with their field.
            if (NonFiniteLiterals.Quote(json) is { } quoted)
                return TryEncode(quoted, slots, texts, out problems);
            problems = [RecordProblems.NotJson(error)];
            return false;
        }
    }

    /// <summary>Encodes an object that is part of a larger document.</summary>
    /// <inheritdoc cref="TryEncode(ReadOnlySpan{byte}, Span{double}, out IReadOnlyList{FieldProblem}?)"/>
    public bool TryEncode(
        JsonElement record,
        Span<double> slots,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    ) => TryEncode(JsonMarshal.GetRawUtf8Value(record), slots, [], out problems);

    /// <summary>Encodes the object at which the reader stands, over input that is whole, and leaves the reader at its end.</summary>
    /// <inheritdoc cref="TryEncode(ReadOnlySpan{byte}, Span{double}, Span{string?}, out IReadOnlyList{FieldProblem}?)"/>
    /// <exception cref="JsonException">The input is not JSON.</exception>
    public bool TryEncode(
        ref Utf8JsonReader reader,
        Span<double> slots,
        Span<string?> texts,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(slots.Length, SlotCount, nameof(slots));
        if (!texts.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(texts.Length, SlotCount, nameof(texts));
        var found = new RecordProblems();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            found.AddNotAnObject(ref reader);
            reader.TrySkip();
        }
        else
        {
            EncodeObject(ref reader, slots, texts, ref found);
        }
        problems = found.All;
        return problems is null;
    }

    /// <summary>Writes a record's slots as the JSON object that encodes to them; text fields are left out.</summary>
    public void Decode(ReadOnlySpan<double> slots, Utf8JsonWriter writer) => Decode(slots, [], writer);

    /// <inheritdoc cref="Decode(ReadOnlySpan{double}, Utf8JsonWriter)"/>
    /// <param name="texts">Empty, or shape (<see cref="SlotCount"/>): the values of text fields.</param>
    public void Decode(ReadOnlySpan<double> slots, ReadOnlySpan<string?> texts, Utf8JsonWriter writer)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(slots.Length, SlotCount, nameof(slots));
        writer.WriteStartObject();
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Codec.Field.Kind != FieldKind.Text)
            {
                writer.WritePropertyName(encodedNames[i]);
                fields[i].Decode(slots[i], writer);
            }
            else if (!texts.IsEmpty)
            {
                writer.WriteString(encodedNames[i], texts[i]);
            }
        }
        writer.WriteEndObject();
    }

    bool TryEncodeJson(
        ReadOnlySpan<byte> json,
        Span<double> slots,
        Span<string?> texts,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    )
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = DeepestRecord });
        reader.Read();
        var good = TryEncode(ref reader, slots, texts, out problems);
        // Anything after the record makes the reader throw.
        reader.Read();
        return good;
    }

    void EncodeObject(ref Utf8JsonReader reader, Span<double> slots, Span<string?> texts, ref RecordProblems problems)
    {
        var words = (fields.Length + 63) / 64;
        Span<ulong> seen = words <= 16 ? stackalloc ulong[16] : new ulong[words];
        seen.Clear();
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Most callers send the fields in the same order each time, so the next one is tried first.
            var i = next < fields.Length && reader.ValueTextEquals(names.Bytes(next)) ? next : Find(ref reader);
            if (i < 0)
            {
                TakeExtra(ref reader, ref problems);
                continue;
            }
            next = i + 1;
            reader.Read();
            var bit = 1UL << (i & 63);
            if ((seen[i >> 6] & bit) != 0)
            {
                problems.AddDuplicate(fields[i], ref reader);
                reader.TrySkip();
                continue;
            }
            seen[i >> 6] |= bit;
            slots[i] = fields[i].Encode(ref reader, ref problems);
            if (!texts.IsEmpty)
                texts[i] = fields[i].TextOf(ref reader);
            // Only an object or a list has an inside to pass over.
            reader.TrySkip();
        }
        for (var i = 0; i < fields.Length; i++)
        {
            if ((seen[i >> 6] & (1UL << (i & 63))) == 0)
                slots[i] = EncodeAbsent(i, texts, ref problems);
        }
    }

    double EncodeAbsent(int i, Span<string?> texts, ref RecordProblems problems)
    {
        if (!texts.IsEmpty)
            texts[i] = fields[i].Codec.Field.WhenMissing.Value;
        return fields[i].EncodeMissing(null, "is not in the record", ref problems);
    }

    int Find(ref Utf8JsonReader reader) => JsonText.Find(ref reader, names);

    void TakeExtra(ref Utf8JsonReader reader, ref RecordProblems problems)
    {
        if (ExtraFields == ExtraFields.Reject)
            problems.AddExtra(JsonText.Shown(ref reader), Schema);
        reader.Read();
        reader.TrySkip();
    }
}

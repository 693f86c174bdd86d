using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Turns records into log entries and back.</summary>
/// <remarks>
/// Body: <c>{"decision": {…}, "outputs": {…}}</c>, or <c>shadow</c>, or <c>outcome</c>. Personal part:
/// <c>{"unit": "…", "inputs": {…}, "steps": {…}, "reasons": […]}</c>. Members that are empty are left out.
/// </remarks>
static class RecordJson
{
    internal static LogEntry Entry(DecisionRecord record) =>
        Seal(
            new()
            {
                Kind = RecordKind.Decision,
                Scope = new(ScopeOf(record.Environment, record.Purpose), record.Decision),
                Id = record.Id,
                Body = DecisionBody(record),
                Claim = record.RequestKey is { } key
                    ? new(RetrySpace(record.Environment, record.Decision), key, record.RequestHash!.Value)
                    : null,
            },
            PersonalPart(record)
        );

    static byte[] DecisionBody(DecisionRecord record)
    {
        var writer = Begin();
        writer.WritePropertyName("decision"u8);
        DecisionRecordJson.Write(record, writer);
        Raw(writer, "outputs", record.Outputs, record.PartsAreJson);
        return End(writer);
    }

    static byte[] PersonalPart(DecisionRecord record)
    {
        var writer = Begin();
        writer.WriteString("unit"u8, record.UnitId);
        Raw(writer, "inputs", record.Inputs, record.PartsAreJson);
        Raw(writer, "steps", record.Steps, record.PartsAreJson);
        Raw(writer, "reasons", record.Reasons, record.PartsAreJson);
        return End(writer);
    }

    internal static LogEntry Entry(ShadowRecord record) =>
        Seal(
            new()
            {
                Kind = RecordKind.Shadow,
                Scope = new(record.Environment, record.Decision),
                Id = record.Id,
                Subject = record.DecisionId,
                Body = Object(writer =>
                {
                    writer.WritePropertyName("shadow"u8);
                    JsonSerializer.Serialize(writer, record, RegistryJson.Default.ShadowRecord);
                    Raw(writer, "outputs", record.Outputs);
                }),
            },
            record.Steps.IsEmpty && record.Reasons.IsEmpty
                ? null
                : Object(writer =>
                {
                    Raw(writer, "steps", record.Steps);
                    Raw(writer, "reasons", record.Reasons);
                })
        );

    internal static LogEntry Entry(OutcomeRecord record) =>
        new()
        {
            Kind = RecordKind.Outcome,
            Scope = new(record.Environment, record.Decision),
            Id = record.RecordId,
            Subject = record.Outcome.DecisionId,
            Body = Object(writer =>
            {
                writer.WritePropertyName("outcome"u8);
                JsonSerializer.Serialize(writer, record, RegistryJson.Default.OutcomeRecord);
            }),
            Claim = new(OutcomeSpace, record.Outcome.Id, Content(record.Outcome)),
        };

    internal static LogEntry Entry(Erasure record) =>
        new()
        {
            Kind = RecordKind.Erasure,
            Scope = new(record.Environment, record.Decision),
            Id = record.Id,
            Body = Object(writer =>
            {
                writer.WritePropertyName("erasure"u8);
                JsonSerializer.Serialize(writer, record, RegistryJson.Default.Erasure);
            }),
        };

    internal static Erasure Erasure(LogEntry entry) => Members.Of(entry.Body, "erasure", RegistryJson.Default.Erasure).Head!;

    /// <summary>Keys of outcomes are distinct over the whole log.</summary>
    internal const string OutcomeSpace = "outcome";

    /// <summary>Where records are kept: tests and what-ifs apart from what was live, so that no reading of the one meets the other.</summary>
    /// <remarks>No environment has a slash in its name.</remarks>
    internal static string ScopeOf(string environment, Purpose purpose) =>
        purpose switch
        {
            Purpose.Test => $"{environment}/test",
            Purpose.WhatIf => $"{environment}/what_if",
            _ => environment,
        };

    /// <summary>Keys of retries are distinct in one decision of one environment.</summary>
    internal static string RetrySpace(string environment, string decision) => $"retry/{environment}/{decision}";

    internal static ContentHash Content(Outcome outcome) =>
        ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(outcome, RegistryJson.Default.Outcome));

    internal static DecisionRecord Decision(LogEntry entry)
    {
        var body = Members.Of(entry.Body, "decision", RegistryJson.Default.DecisionRecord);
        var personal = Members.Of<DecisionRecord>(Readable(entry));
        return body.Head! with
        {
            Outputs = body.Raw("outputs"),
            UnitId = personal.Text("unit"),
            Inputs = personal.Raw("inputs"),
            Steps = personal.Raw("steps"),
            Reasons = personal.Raw("reasons"),
        };
    }

    internal static ShadowRecord Shadow(LogEntry entry)
    {
        var body = Members.Of(entry.Body, "shadow", RegistryJson.Default.ShadowRecord);
        var personal = Members.Of<ShadowRecord>(Readable(entry));
        return body.Head! with
        {
            Outputs = body.Raw("outputs"),
            Steps = personal.Raw("steps"),
            Reasons = personal.Raw("reasons"),
        };
    }

    internal static OutcomeRecord Outcome(LogEntry entry) =>
        Members.Of(entry.Body, "outcome", RegistryJson.Default.OutcomeRecord).Head!;

    static byte[]? Readable(LogEntry entry) =>
        entry.Personal is { } personal && PersonalKeys.IsSealed(personal)
            ? throw PersonalKeys.NotOpened(entry, "it is encrypted and no key is given")
            : entry.Personal;

    static LogEntry Seal(LogEntry entry, byte[]? personal)
    {
        if (personal is null)
            return entry;
        var salt = Salts.Next();
        return entry with { Personal = personal, Salt = salt, Commitment = Chain.Commit(salt, personal) };
    }

    static byte[] Object(Action<Utf8JsonWriter> members)
    {
        var writer = Begin();
        members(writer);
        return End(writer);
    }

    static Utf8JsonWriter Begin()
    {
        var writer = JsonScratch.Begin().Writer;
        writer.WriteStartObject();
        return writer;
    }

    /// <summary>Ends the object that the calling thread began.</summary>
    static byte[] End(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        return JsonScratch.Current.ToArray();
    }

    /// <param name="isJson">Whether it need not be read through once more.</param>
    static void Raw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json, bool isJson = false)
    {
        if (json.IsEmpty)
            return;
        writer.WritePropertyName(name);
        try
        {
            writer.WriteRawValue(json.Span, skipInputValidation: isJson);
        }
        catch (JsonException inner)
        {
            throw new HalleyException(
                "HLY5402",
                $"the {name} of the record are not JSON: {inner.Message}",
                FaultKind.BadInput,
                inner
            );
        }
    }

    /// <summary>The members of a JSON object: one as a record, the others as they stand.</summary>
    readonly struct Members<T>(T? head, Dictionary<string, ReadOnlyMemory<byte>> raw)
    {
        internal T? Head => head;

        internal ReadOnlyMemory<byte> Raw(string name) => raw.GetValueOrDefault(name);

        internal string Text(string name) =>
            raw.TryGetValue(name, out var json) ? JsonSerializer.Deserialize(json.Span, RegistryJson.Default.String)! : "";
    }

    static class Members
    {
        internal static Members<T> Of<T>(byte[]? json, string headName = "", JsonTypeInfo<T>? type = null)
        {
            var raw = new Dictionary<string, ReadOnlyMemory<byte>>(4);
            T? head = default;
            if (json is null)
                return new(head, raw);
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (name == headName)
                {
                    head = JsonSerializer.Deserialize(ref reader, type!);
                    continue;
                }
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                raw[name] = json.AsMemory(start, (int)reader.BytesConsumed - start);
            }
            return new(head, raw);
        }
    }
}

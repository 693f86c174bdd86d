using System.Globalization;
using System.Text.Json;

namespace Halley.Registry;

/// <summary>Writes the head of a decision's record; the same bytes as the serializer, without its look-ups of each member.</summary>
static class DecisionRecordJson
{
    internal static void Write(DecisionRecord record, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, record.Id);
        writer.WriteString("time"u8, record.Time);
        writer.WriteString("environment"u8, record.Environment);
        writer.WriteString("decision"u8, record.Decision);
        writer.WriteString("release"u8, record.Release.ToString());
        writer.WriteNumber("revision"u8, record.Revision);
        writer.WriteString("arm"u8, NameOf(record.Arm));
        WriteNumber(writer, "probability"u8, record.Probability);
        writer.WriteString("purpose"u8, NameOf(record.Purpose));
        WriteText(writer, "request_key"u8, record.RequestKey);
        if (record.RequestHash is { } hash)
            writer.WriteString("request_hash"u8, hash.Hex);
        WriteNumber(writer, "latency_microseconds"u8, record.LatencyMicroseconds);
        WriteText(writer, "fallback"u8, record.Fallback);
        if (record.CheckProbability is { } probability)
            WriteNumber(writer, "check_probability"u8, probability);
        writer.WriteBoolean("checked"u8, record.Checked);
        writer.WriteBoolean("simulated"u8, record.Simulated);
        if (record.AsOf is { } date)
            writer.WriteString("as_of"u8, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (record.Transaction is { } transaction)
            writer.WriteString("transaction"u8, TransactionNames.Of(transaction));
        if (record.Original is { } original)
            writer.WriteString("original"u8, original);
        WriteText(writer, "route"u8, record.Route);
        WriteText(writer, "variant"u8, record.Variant);
        WriteText(writer, "trace"u8, record.Trace);
        writer.WriteEndObject();
    }

    static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double number)
    {
        if (double.IsFinite(number))
            writer.WriteNumber(name, number);
        else
            writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
    }

    static ReadOnlySpan<byte> NameOf(ReleaseRole role) =>
        role switch
        {
            ReleaseRole.Champion => "champion"u8,
            ReleaseRole.Challenger => "challenger"u8,
            _ => "shadow"u8,
        };

    static ReadOnlySpan<byte> NameOf(Purpose purpose) =>
        purpose switch
        {
            Purpose.Live => "live"u8,
            Purpose.Test => "test"u8,
            _ => "what_if"u8,
        };
}

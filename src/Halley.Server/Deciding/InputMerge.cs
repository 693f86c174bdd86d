using System.Buffers;
using System.Text.Json;

namespace Halley.Server;

/// <summary>A record with some of its fields in place of others.</summary>
static class InputMerge
{
    /// <summary>Fields of <paramref name="changes"/> take the place of those of the same name; the rest stays byte for byte.</summary>
    /// <remarks>What is no object stays as it is: the schema's check names it.</remarks>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> record, ReadOnlyMemory<byte> changes)
    {
        using var before = JsonDocument.Parse(record);
        using var after = JsonDocument.Parse(changes);
        if (before.RootElement.ValueKind != JsonValueKind.Object)
            return record;
        if (after.RootElement.ValueKind != JsonValueKind.Object)
            return changes;
        var names = after.RootElement.EnumerateObject().Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>(record.Length + changes.Length);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in before.RootElement.EnumerateObject().Where(field => !names.Contains(field.Name)))
                field.WriteTo(writer);
            foreach (var field in after.RootElement.EnumerateObject())
                field.WriteTo(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}

using System.Text.Json;

namespace Halley.Data;

/// <summary>What is wrong with one record; allocates nothing as long as nothing is.</summary>
struct RecordProblems
{
    // A hostile record may have a million wrong fields; nobody reads more than this.
    const int Most = 100;

    List<FieldProblem>? found;

    /// <summary>Null where nothing is wrong.</summary>
    public readonly IReadOnlyList<FieldProblem>? All => found;

    public static FieldProblem NotJson(JsonException error) =>
        new(
            "",
            null,
            $"it is not JSON, at line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}",
            "one JSON object with the fields of the schema, at most 32 levels deep",
            FieldProblemKind.Unreadable
        );

    public void Add(Field field, FieldProblemKind kind, string? value, string? problem = null)
    {
        found ??= [];
        if (found.Count < Most)
            found.Add(new(field.Name, value, problem ?? FieldWording.Problem(kind), FieldWording.Expected(field), kind));
    }

    public void AddNotAnObject(ref Utf8JsonReader reader) =>
        (found ??= []).Add(
            new(
                "",
                JsonText.Shown(ref reader),
                $"it is {JsonText.KindOf(reader.TokenType)}",
                "a JSON object with the fields of the schema",
                FieldProblemKind.Unreadable
            )
        );

    public void AddDuplicate(RecordField field, ref Utf8JsonReader reader) =>
        Add(
            field.Codec.Field,
            FieldProblemKind.Duplicate,
            JsonText.Shown(ref reader),
            "is a second value: the field appears twice in the record"
        );

    public void AddExtra(string name, Schema schema)
    {
        found ??= [];
        if (found.Count >= Most)
            return;
        var nearest = NearestText.Of(name, schema.Fields.Select(field => field.Name));
        var problem = FieldWording.Problem(FieldProblemKind.Extra) + (nearest is null ? "" : $"; the nearest is '{nearest}'");
        found.Add(new(name, null, problem, "only fields of the schema", FieldProblemKind.Extra));
    }
}

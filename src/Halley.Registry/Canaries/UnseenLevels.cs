using System.Text.Json;

namespace Halley.Registry;

/// <summary>Whether a record holds a level that a model of a release never saw.</summary>
sealed class UnseenLevels
{
    readonly Dictionary<string, List<Data.LevelList>> fields = new(StringComparer.Ordinal);

    internal UnseenLevels(LoadedRelease release)
    {
        foreach (var model in release.Models.Values)
        {
            // What a model derives stands in no request.
            foreach (var field in model.ScoreInputs.Fields.Where(field => field.Levels is not null))
            {
                if (!fields.TryGetValue(field.Name, out var lists))
                    fields.Add(field.Name, lists = []);
                lists.Add(field.Levels!);
            }
        }
    }

    internal bool AreIn(ReadOnlySpan<byte> inputs)
    {
        var reader = new Utf8JsonReader(inputs);
        if (fields.Count == 0 || inputs.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (
                reader.TokenType == JsonTokenType.String
                && fields.TryGetValue(name, out var lists)
                && reader.GetString() is { } level
                && lists.Any(list => list.CodeOf(level) < 0)
            )
                return true;
            reader.Skip();
        }
        return false;
    }
}

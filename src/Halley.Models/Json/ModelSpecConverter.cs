using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>A spec, where members that an older version did not know yet get their defaults.</summary>
sealed class ModelSpecConverter : JsonConverter<ModelSpec>
{
    static readonly JsonObject GlmDefaults = DefaultsWith(new GlmLearner { Terms = [] }, split: null);
    static readonly JsonObject BoostingDefaults = DefaultsWith(new BoostingLearner { Features = [] }, split: null);

    static readonly JsonObject[] SplitDefaults =
    [
        DefaultsWith(new GlmLearner { Terms = [] }, new ColumnSplit { Column = "" }),
        DefaultsWith(new GlmLearner { Terms = [] }, new RandomSplit()),
        DefaultsWith(new GlmLearner { Terms = [] }, new TimeSplit { Column = "", TestFrom = default }),
    ];

    public override ModelSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (JsonNode.Parse(ref reader) is not JsonObject spec)
            throw new JsonException("a spec is an object.");
        if (spec["learner"] is JsonObject learner)
        {
            var defaults = KindOf(learner) == "boosting" ? BoostingDefaults : GlmDefaults;
            Fill(spec, defaults, "exposureUse", "derived", "rules", "seed");
            // What was not fitted here has no options.
            if (KindOf(learner) is not ("imported" or "rating"))
                Fill(learner, (JsonObject)defaults["learner"]!, "options");
            if (learner["options"] is JsonObject given)
                Fill(given, (JsonObject)defaults["learner"]!["options"]!);
        }
        if (
            spec["split"] is JsonObject split
            && Array.Find(SplitDefaults, known => KindOf((JsonObject)known["split"]!) == KindOf(split)) is { } knownSplit
        )
            Fill(split, (JsonObject)knownSplit["split"]!, "validationShare", "keys", "learn", "validation", "test", "testShare");
        var read = spec.Deserialize(ModelJson.PlainSpec) ?? throw new JsonException("a spec is an object.");
        return read with { Learner = read.Learner.ToldBy(read) };
    }

    public override void Write(Utf8JsonWriter writer, ModelSpec value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ModelJson.PlainSpec);

    static string? KindOf(JsonObject node) =>
        node["kind"] is JsonValue value && value.TryGetValue<string>(out var kind) ? kind : null;

    /// <summary>Adds the named members (all where none is named) that are not there.</summary>
    static void Fill(JsonObject given, JsonObject defaults, params ReadOnlySpan<string> names)
    {
        foreach (var (name, value) in defaults)
        {
            if ((names.IsEmpty || names.Contains(name)) && !given.ContainsKey(name))
                given[name] = value?.DeepClone();
        }
    }

    static JsonObject DefaultsWith(LearnerSpec learner, SplitSpec? split) =>
        (JsonObject)
            JsonSerializer.SerializeToNode(
                new ModelSpec
                {
                    Name = "",
                    Target = "",
                    Family = Family.Gaussian,
                    Learner = learner,
                    Split = split,
                },
                ModelJson.PlainSpec
            )!;
}

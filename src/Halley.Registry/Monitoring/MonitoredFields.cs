using System.Text;
using System.Text.Json;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>The values that a plan reads of each record: first among the outputs, then the steps, then the inputs.</summary>
sealed class MonitoredFields
{
    readonly List<MonitoredField> fields = [];
    readonly List<byte[]> names = [];

    /// <exception cref="HalleyException">HLY5613: the plan names what the decision does not have.</exception>
    internal MonitoredFields(MonitorPlan plan, DecisionDefinition definition)
    {
        var problems = new List<string>();
        foreach (var field in definition.Inputs.Fields)
        {
            var isWatched =
                field.Role == Role.Feature
                && field.Kind is FieldKind.Category or FieldKind.Number or FieldKind.Boolean
                && (plan.Inputs.Count == 0 || plan.Inputs.Contains(field.Name));
            Add(new(field.Name, field.Levels, field.Kind == FieldKind.Boolean, IsInput: true, isWatched));
        }
        string[] scores = [.. definition.Outputs.Select(output => output.Name), .. definition.Steps.Select(step => step.Name)];
        foreach (var name in scores.Where(name => Find(name) < 0))
            Add(new(name, null, false, IsInput: false, IsScore(name, plan, definition)));
        Check(plan, problems);
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY5613",
                $"'{plan.Decision}' cannot be monitored: {string.Join("; ", problems)}. Mend monitor.yaml."
            );
        Segments = [.. plan.Segments.Select(Find)];
    }

    internal IReadOnlyList<MonitoredField> All => fields;

    /// <summary>Places of the segments among the fields.</summary>
    internal IReadOnlyList<int> Segments { get; }

    /// <summary>Place of a name; −1 where there is none.</summary>
    internal int Find(string? name) => fields.FindIndex(field => field.Name == name);

    /// <summary>Reads a record. Shape of <paramref name="values"/>: (fields). Codes for categories, 1 and 0 for yes and no, NaN where missing.</summary>
    internal void Read(DecisionRecord record, Span<double> values)
    {
        values.Fill(double.NaN);
        Read(record.Outputs.Span, values);
        Read(record.Steps.Span, values);
        Read(record.Inputs.Span, values);
    }

    void Read(ReadOnlySpan<byte> json, Span<double> values)
    {
        var reader = new Utf8JsonReader(json);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        var hint = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = PlaceOf(reader.ValueSpan, hint);
            reader.Read();
            if (place >= 0)
            {
                hint = place + 1;
                if (double.IsNaN(values[place]))
                    values[place] = Value(ref reader, fields[place]);
            }
            reader.Skip();
        }
    }

    static double Value(ref Utf8JsonReader reader, MonitoredField field) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when field.Levels is null => reader.GetDouble(),
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            JsonTokenType.String when field.Levels is { } levels => levels.CodeOf(reader.GetString()!) is >= 0 and var code
                ? code
                : levels.Count,
            _ => double.NaN,
        };

    /// <summary>Members mostly come in the order of the fields.</summary>
    int PlaceOf(ReadOnlySpan<byte> name, int hint)
    {
        for (var step = 0; step < names.Count; step++)
        {
            var place = (hint + step) % names.Count;
            if (name.SequenceEqual(names[place]))
                return place;
        }
        return -1;
    }

    void Add(MonitoredField field)
    {
        fields.Add(field);
        names.Add(Encoding.UTF8.GetBytes(field.Name));
    }

    static bool IsScore(string name, MonitorPlan plan, DecisionDefinition definition) =>
        plan.Scores.Count > 0
            ? plan.Scores.Contains(name)
            : definition.Outputs.Any(output => output.Name == name && output.Kind is OutputKind.Number or OutputKind.Money);

    void Check(MonitorPlan plan, List<string> problems)
    {
        foreach (var name in plan.Segments.Append(plan.Price?.By).OfType<string>())
        {
            if (Find(name) is var place && (place < 0 || fields[place].Codes is null))
                problems.Add($"'{name}' is no input of categories, or of yes and no, to part by");
        }
        string?[] named =
        [
            .. plan.Inputs,
            .. plan.Scores,
            plan.Exposure,
            plan.Price?.Technical,
            .. plan.Lines.Select(line => line.Expected),
        ];
        foreach (var name in named.OfType<string>().Where(name => Find(name) < 0).Distinct())
            problems.Add($"there is no '{name}'.{NearestText.Sentence(name, fields.Select(field => field.Name))}".TrimEnd('.'));
        foreach (var line in plan.Lines.Where(line => line.IsRate && plan.Exposure is null))
            problems.Add($"line '{line.Name}' is a rate, and the plan names no exposure");
    }
}

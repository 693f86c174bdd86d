using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Halley.Decisions;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>Test cases of a decision: inputs shared by all, and for each case what differs and what is expected.</summary>
static class TestShapes
{
    static readonly Shape<JsonNode?> Value = new JsonValueShape();

    static readonly Shape<IReadOnlyList<KeyValuePair<string, JsonNode?>>> Values = MapOf(Value);

    static readonly Shape<TestCase> Case = new ObjectShape<TestCase>(
        "a test case",
        [
            Required("name", Text, "What it proves, in words."),
            Optional("input", Values, "Fields of the record that differ from the shared ones; ~ leaves a field out."),
            Optional("action", Text, "Action expected."),
            Optional("expected", Values, "Outputs or steps expected, by name."),
            Optional("reasons", ListOf(Text), "Names of reasons expected among those told."),
            Optional("refused", ListOf(Text), "Fields expected to be refused."),
            Optional("fallback", Flag, "Whether a fallback must have answered. Default false."),
            Optional("tolerance", NumberWithin(0), "Largest difference of a number. Default 1e-9."),
        ],
        values =>
            new(
                values.Or<IReadOnlyList<KeyValuePair<string, JsonNode?>>>("input", []),
                new DecisionTestCase
                {
                    Name = values.Get<string>("name"),
                    Input = default,
                    Action = values.Text("action"),
                    Expected = values
                        .Or<IReadOnlyList<KeyValuePair<string, JsonNode?>>>("expected", [])
                        .ToDictionary(pair => pair.Key, pair => Element(pair.Value), StringComparer.Ordinal),
                    Reasons = values.Or<IReadOnlyList<string>?>("reasons", null),
                    Refused = values.Or<IReadOnlyList<string>?>("refused", null),
                    Fallback = values.Or("fallback", false),
                    Tolerance = values.Or("tolerance", 1e-9),
                }
            )
    );

    /// <summary>The whole of a file in <c>tests/</c>.</summary>
    public static Shape<IReadOnlyList<DecisionTestCase>> Tests { get; } =
        new ObjectShape<IReadOnlyList<DecisionTestCase>>(
            "a test file",
            [
                Optional("shared", Values, "Fields of the record that all cases share."),
                Required("cases", ListOf(Case), "The test cases."),
            ],
            values =>
            {
                var shared = values.Or<IReadOnlyList<KeyValuePair<string, JsonNode?>>>("shared", []);
                return
                [
                    .. values
                        .Get<IReadOnlyList<TestCase>>("cases")
                        .Select(one => one.Expectation with { Input = Merge(shared, one.Input) }),
                ];
            }
        );

    static JsonElement Merge(
        IEnumerable<KeyValuePair<string, JsonNode?>> shared,
        IEnumerable<KeyValuePair<string, JsonNode?>> own
    )
    {
        var record = new JsonObject();
        foreach (var (name, value) in shared.Concat(own))
        {
            record.Remove(name);
            if (value is not null)
                record[name] = value.DeepClone();
        }
        return Element(record);
    }

    static JsonElement Element(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    sealed record TestCase(IReadOnlyList<KeyValuePair<string, JsonNode?>> Input, DecisionTestCase Expectation);

    /// <summary>A number, text, flag or nothing, as JSON.</summary>
    sealed class JsonValueShape : Shape<JsonNode?>
    {
        public override string Expected => "a number, a text, true, false or ~";

        public override JsonNode? Read(SpecNode node, SpecProblems problems)
        {
            if (node is not ScalarNode scalar)
            {
                Refuse(node, Expected, problems);
                return null;
            }
            if (scalar.IsNull)
                return null;
            if (scalar.IsQuoted)
                return scalar.Text;
            if (scalar.Text is "true" or "false")
                return scalar.Text == "true";
            // The number's own digits: 0.1 stays 0.1.
            return
                double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                ? number
                : scalar.Text;
        }

        public override JsonObject ToJsonSchema() => new() { ["type"] = new JsonArray("number", "string", "boolean", "null") };
    }
}

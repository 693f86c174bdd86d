using System.Buffers;
using System.Text.Json;

namespace Halley.Decisions;

/// <summary>Runs test cases against a decision.</summary>
/// <param name="baseline">Another release, whose steps a failed case is compared with; null for none.</param>
public sealed class DecisionTestRunner(DecisionEngine engine, DecisionEngine? baseline = null)
{
    /// <summary>Runs all cases, in order.</summary>
    public IReadOnlyList<DecisionTestResult> Run(IEnumerable<DecisionTestCase> cases) => [.. cases.Select(Run)];

    /// <exception cref="HalleyException">HLY4003: the case expects something that the decision does not have.</exception>
    public DecisionTestResult Run(DecisionTestCase testCase)
    {
        var differences = new List<CaseDifference>();
        if (!engine.TryDecide(testCase.Input, out var answer, out var problems))
        {
            CompareRefused(testCase, problems, differences);
            return new(testCase.Name, differences, []);
        }
        using (answer)
        {
            if (testCase.Refused is { } refused)
                differences.Add(new("record", $"refused for {string.Join(", ", refused)}", "accepted"));
            using var explained = Explain(answer);
            CompareAnswer(testCase, answer, explained.RootElement, differences);
            return new(testCase.Name, differences, differences.Count == 0 ? [] : StepLines(testCase, explained.RootElement));
        }
    }

    static void CompareRefused(DecisionTestCase testCase, IReadOnlyList<FieldProblem> problems, List<CaseDifference> differences)
    {
        var found = problems.Select(problem => problem.Field).Distinct().Order(StringComparer.Ordinal);
        var wanted = (testCase.Refused ?? []).Distinct().Order(StringComparer.Ordinal);
        if (testCase.Refused is null)
            differences.Add(new("record", "accepted", $"refused: {string.Join(" ", problems)}"));
        else if (!found.SequenceEqual(wanted))
            differences.Add(new("record", $"refused for {string.Join(", ", wanted)}", $"refused for {string.Join(", ", found)}"));
    }

    void CompareAnswer(DecisionTestCase testCase, DecisionAnswer answer, JsonElement explained, List<CaseDifference> differences)
    {
        if (testCase.Action is not null && testCase.Action != answer.Action)
            differences.Add(new("action", testCase.Action, answer.Action));
        if (testCase.Fallback != answer.IsFallback)
            differences.Add(
                new(
                    "fallback",
                    testCase.Fallback ? "yes" : "no",
                    answer.IsFallback ? $"yes: {string.Join("; ", answer.Failures)}" : "no"
                )
            );
        foreach (var (name, expected) in testCase.Expected)
            CompareValue(testCase, name, expected, explained, differences);
        if (testCase.Reasons is not { } reasons)
            return;
        var told = answer.Reasons.Select(reason => reason.Name).ToArray();
        if (reasons.Except(told).Any())
            differences.Add(new("reasons", string.Join(", ", reasons), told.Length == 0 ? "none" : string.Join(", ", told)));
    }

    void CompareValue(
        DecisionTestCase testCase,
        string name,
        JsonElement expected,
        JsonElement explained,
        List<CaseDifference> differences
    )
    {
        var isOutput = IsOutput(name);
        if (!isOutput && engine.Plan.Steps.All(step => step.Name != name))
            throw new HalleyException(
                DecisionCodes.TestCase,
                $"test case '{testCase.Name}': the decision '{engine.Plan.Definition.Name}' has no output or step '{name}'. "
                    + $"It has: {string.Join(", ", engine.Plan.Outputs.Select(output => output.Definition.Name).Concat(engine.Plan.Steps.Select(step => step.Name)))}."
            );
        var found = explained.GetProperty(isOutput ? "outputs" : "steps").TryGetProperty(name, out var value) ? value : default;
        if (!Agree(expected, found, testCase.Tolerance))
            differences.Add(new($"{(isOutput ? "output" : "step")} '{name}'", Text(expected), Text(found)));
    }

    bool IsOutput(string name) =>
        engine.Plan.Outputs.Any(output =>
            output.Definition.Name == name
            || (output.Instalments is not null && DecisionPlan.InstalmentsName(output.Definition.Name) == name)
        );

    static bool Agree(JsonElement expected, JsonElement found, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Null)
            return found.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
        if (expected.ValueKind != found.ValueKind)
            return false;
        return expected.ValueKind switch
        {
            JsonValueKind.Number => Math.Abs(expected.GetDouble() - found.GetDouble()) <= tolerance,
            JsonValueKind.Array => expected.GetArrayLength() == found.GetArrayLength()
                && expected.EnumerateArray().Zip(found.EnumerateArray()).All(pair => Agree(pair.First, pair.Second, tolerance)),
            JsonValueKind.String => expected.ValueEquals(found.GetString()),
            _ => expected.ValueKind is JsonValueKind.True or JsonValueKind.False,
        };
    }

    List<StepLine> StepLines(DecisionTestCase testCase, JsonElement explained)
    {
        using var other = baseline is null ? null : ExplainBy(baseline, testCase.Input);
        var lines = new List<StepLine>();
        foreach (var step in explained.GetProperty("steps").EnumerateObject())
        {
            string? compared = null;
            if (!IsOutput(step.Name) && testCase.Expected.TryGetValue(step.Name, out var expected))
                compared = Agree(expected, step.Value, testCase.Tolerance) ? Text(step.Value) : Text(expected);
            else if (other is not null && other.RootElement.GetProperty("steps").TryGetProperty(step.Name, out var before))
                compared = Text(before);
            lines.Add(new(step.Name, Text(step.Value), compared));
        }
        return lines;
    }

    static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();

    static JsonDocument? ExplainBy(DecisionEngine engine, JsonElement input)
    {
        if (!engine.TryDecide(input, out var answer, out _))
            return null;
        using (answer)
            return Explain(answer);
    }

    static JsonDocument Explain(DecisionAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            answer.Write(writer, AnswerDetail.Explained);
        return JsonDocument.Parse(buffer.WrittenMemory);
    }
}

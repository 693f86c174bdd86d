using System.Text.Json;
using Halley.Data;
using Halley.Decisions;

namespace Halley.Cli;

/// <summary>Test cases of a decision as a release pins them: JSON.</summary>
static class TestCases
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static byte[] Write(IReadOnlyList<DecisionTestCase> cases) => JsonSerializer.SerializeToUtf8Bytes(cases, Options);

    /// <exception cref="HalleyException">HLY7014: not what <see cref="Write"/> wrote.</exception>
    public static IReadOnlyList<DecisionTestCase> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<List<DecisionTestCase>>(json.Span, Options) ?? [];
        }
        catch (JsonException problem)
        {
            throw new HalleyException("HLY7014", $"the release's test cases can't be read: {problem.Message}", inner: problem);
        }
    }
}

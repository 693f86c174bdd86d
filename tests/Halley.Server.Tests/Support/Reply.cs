using System.Text.Json.Nodes;

namespace Halley.Server.Tests;

/// <summary>An answer of the server, read whole.</summary>
sealed record Reply(int Status, string ContentType, string Text, string RequestId, string? RetryAfter)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string this[string name] => Json[name]?.ToString() ?? "";

    /// <summary>Problems of a refused request as <c>field: problem</c>.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Json["errors"]!.AsArray().Select(error => $"{error!["field"]}: {error["problem"]}; expected {error["expected"]}")];

    public static async Task<Reply> OfAsync(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("Halley-Request-Id", out var ids) ? ids.Single() : "",
            response.Headers.TryGetValues("Retry-After", out var waits) ? waits.Single() : null
        );

    /// <summary>The JSON of a 200; fails with the answer's text otherwise.</summary>
    public JsonNode Good()
    {
        Assert.True(Status == 200, $"{Status}: {Text}");
        Assert.True(Guid.TryParse(RequestId, out _), "no id of the request");
        return Json;
    }

    /// <summary>Asserts problem details of this status and code, with the id of the request.</summary>
    public Reply Bad(int status, string code)
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal((status.ToString(), code, $"urn:halley:{code}"), (this["status"], this["code"], this["type"]));
        Assert.True(Guid.TryParse(RequestId, out _), "no id of the request");
        Assert.Equal(RequestId, this["request_id"]);
        Assert.NotEqual("", this["title"]);
        Assert.NotEqual("", this["detail"]);
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        return this;
    }
}

using System.Text.Json;

namespace Halley.Client;

/// <summary>Reads problem details (RFC 9457) into exceptions.</summary>
static class Problems
{
    /// <param name="body">The answer's body; anything where a proxy answered.</param>
    public static HalleyClientException Read(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Of(status, document.RootElement);
        }
        catch (JsonException)
        {
            // Not the server's own words: said below.
        }
        return new($"The server answered with status {status} and no problem details. Check Address, and what stands between.")
        {
            Status = status,
        };
    }

    static HalleyClientException Of(int status, JsonElement problem)
    {
        var (code, title, detail) = (Text(problem, "code"), Text(problem, "title"), Text(problem, "detail"));
        var message = $"{code ?? $"Status {status}"}: {title} {detail}".TrimEnd();
        var id = Text(problem, "request_id");
        return (status, code) switch
        {
            (404, "HLY6001") => new DecisionNotLiveException(message)
            {
                Status = status,
                Code = code,
                Remedy = detail,
                RequestId = id,
            },
            (409, _) => new KeyReusedException(message)
            {
                Status = status,
                Code = code,
                Remedy = detail,
                RequestId = id,
            },
            (401 or 403, _) => new AccessRefusedException(message)
            {
                Status = status,
                Code = code,
                Remedy = detail,
                RequestId = id,
            },
            (400 or 413, _) => new RequestRefusedException(message)
            {
                Status = status,
                Code = code,
                Remedy = detail,
                RequestId = id,
                Fields = FieldsOf(problem),
            },
            _ => new HalleyClientException(message)
            {
                Status = status,
                Code = code,
                Remedy = detail,
                RequestId = id,
            },
        };
    }

    static List<WrongField> FieldsOf(JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
            ?
            [
                .. errors
                    .EnumerateArray()
                    .Select(error => new WrongField(
                        Text(error, "field") ?? "",
                        Text(error, "value"),
                        Text(error, "problem") ?? "",
                        Text(error, "expected") ?? ""
                    )),
            ]
            : [];

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

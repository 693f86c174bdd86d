using System.Text.Json;

namespace Halley.Server;

/// <summary>An error in the protocol's shape, with what Halley tells besides.</summary>
/// <param name="Error">All in one text, as the protocol has it.</param>
/// <param name="Code">Stable code, for example <c>HLY6004</c>.</param>
sealed record InferenceFault(string Error, string Code, string RequestId, IReadOnlyList<TensorProblemView>? Errors)
{
    const string Prefix = "/v2";

    /// <summary>Whether an address is of the protocol, so that its errors have this shape.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the answer.</summary>
    public static Task WriteAsync(
        HttpContext context,
        int status,
        string code,
        string error,
        IReadOnlyList<TensorProblemView>? errors
    )
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        var fault = new InferenceFault(error, code, RequestIds.Of(context), errors);
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            fault,
            ApiJson.Default.InferenceFault,
            context.RequestAborted
        );
    }

    public static Task BadRequestAsync(HttpContext context, IReadOnlyList<TensorProblem> problems) =>
        WriteAsync(
            context,
            400,
            "HLY6004",
            string.Join(' ', problems),
            [
                .. problems.Select(one => new TensorProblemView(
                    one.Problem.Field,
                    one.Row,
                    one.Problem.Value,
                    one.Problem.Problem,
                    one.Problem.Expected
                )),
            ]
        );

    public static Task NoModelAsync(HttpContext context, string name, string? version) =>
        WriteAsync(
            context,
            404,
            "HLY6030",
            $"No live release has pinned model '{Cut(name)}'{(version is null ? "" : $" in version '{Cut(version)}'")}. /openapi.json lists those that are served.",
            null
        );

    public static Task StoppedAsync(HttpContext context, ServedModel model) =>
        WriteAsync(
            context,
            503,
            "HLY6031",
            $"Model '{model.Version}' was stopped by {model.Stopped!.By.Name}: {model.Stopped.Why}.",
            null
        );

    static string Cut(string text) => text.Length > 64 ? text[..64] : text;
}

/// <summary>One wrong value of a request.</summary>
/// <param name="Row">Row of the tensor, from 0; null where the tensor or the request as a whole is wrong.</param>
sealed record TensorProblemView(string Field, int? Row, string? Value, string Problem, string Expected);

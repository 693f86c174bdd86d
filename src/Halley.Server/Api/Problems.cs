using System.Text.Json;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Problem details (RFC 9457): what is wrong, every wrong field at once, and the id of the request.</summary>
/// <param name="Type">Stable address of the kind of problem.</param>
/// <param name="Code">Stable code, for example <c>HLY6004</c>.</param>
sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string RequestId,
    IReadOnlyList<FieldProblemView>? Errors
);

/// <summary>One wrong field of a request.</summary>
sealed record FieldProblemView(string Field, string? Value, string Problem, string Expected);

static class Problems
{
    const string ContentType = "application/problem+json; charset=utf-8";

    public static Task NotLiveAsync(HttpContext context, string name) =>
        WriteAsync(
            context,
            404,
            "HLY6001",
            $"No decision named '{name}' is live.",
            "List the live ones with GET /v1/decisions, or put one live with 'halley promote'."
        );

    public static Task NotFoundAsync(HttpContext context, string what) =>
        WriteAsync(
            context,
            404,
            "HLY6002",
            $"There is no {what}.",
            "Check it against what was given or what /openapi.json lists."
        );

    public static Task TooLargeAsync(HttpContext context, int limit) =>
        WriteAsync(
            context,
            413,
            "HLY6003",
            "The request is too large.",
            $"A request has at most {limit} bytes. Send one record a request."
        );

    public static Task BadRequestAsync(HttpContext context, IReadOnlyList<FieldProblem> problems) =>
        WriteAsync(
            context,
            400,
            "HLY6004",
            problems.Count == 1 ? "A field of the request is wrong." : $"{problems.Count} fields of the request are wrong.",
            string.Join(' ', problems),
            [.. problems.Select(problem => new FieldProblemView(problem.Field, problem.Value, problem.Problem, problem.Expected))]
        );

    public static Task KeyReusedAsync(HttpContext context, Guid first) =>
        WriteAsync(
            context,
            409,
            "HLY6005",
            "This key belongs to another request.",
            $"The key was used with another body, for decision {first}. Send the same body again, or take a new key."
        );

    public static Task BusyAsync(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, 503, "HLY6006", "The server can't take the request now.", detail);
    }

    public static Task NobodyAsync(HttpContext context, string header) =>
        WriteAsync(
            context,
            401,
            "HLY6011",
            "The request names nobody who is known here.",
            $"Send a key in the header {header}, or a token as 'Authorization: Bearer …'. 'halley key create' makes keys."
        );

    public static Task ForbiddenAsync(HttpContext context, KnownCaller caller, IReadOnlyList<AccessRole> roles)
    {
        var has = caller.Roles.Count == 0 ? "has no role" : $"is {string.Join(", ", caller.Roles.Select(AccessRoles.NameOf))}";
        return WriteAsync(
            context,
            403,
            "HLY6012",
            $"'{caller.Name}' may not do this.",
            $"It takes the role {string.Join(" or ", roles.Select(AccessRoles.NameOf))}; '{caller.Name}' {has}."
        );
    }

    public static Task TooManyAsync(HttpContext context, string detail) =>
        WriteAsync(context, 429, "HLY6032", "Too many requests.", detail);

    public static Task SlowAsync(HttpContext context, SlowRequestException slow)
    {
        var limit = slow.Limit.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // What is left of the request, or still runs, must not hold up the next one.
        if (context.Request.Protocol == HttpProtocol.Http11)
            context.Response.Headers.Connection = "close";
        return slow.IsBody
            ? WriteAsync(
                context,
                408,
                "HLY6033",
                "The request did not come in time.",
                $"Its body may take {limit} s. Nothing was logged; send it again."
            )
            : WriteAsync(
                context,
                504,
                "HLY6034",
                "The answer was not ready in time.",
                $"It took longer than {limit} s and may still be logged. Send the request again with the same key: it is decided once."
            );
    }

    public static Task InternalAsync(HttpContext context) =>
        WriteAsync(
            context,
            500,
            "HLY6007",
            "The server failed.",
            $"Report the request id {RequestIds.Of(context)}; the server's log holds the cause."
        );

    public static Task RefusedAsync(HttpContext context, HalleyException problem) =>
        WriteAsync(context, 400, problem.Code, "The request can't be taken.", problem.Message);

    /// <summary>An error that routing found: no such address, or another method.</summary>
    public static Task NoAnswerAsync(HttpContext context) =>
        context.Response.StatusCode switch
        {
            404 => NotFoundAsync(context, $"address '{Cut(context.Request.Path)}'"),
            405 => WriteAsync(
                context,
                405,
                "HLY6009",
                $"This address takes no {Cut(context.Request.Method)}.",
                $"It takes {context.Response.Headers.Allow}; /openapi.json lists all addresses."
            ),
            var status => WriteAsync(context, status, "HLY6010", "The request can't be taken.", "See /openapi.json."),
        };

    static string Cut(string? text) => text is { Length: > 64 } ? text[..64] : text ?? "";

    static Task WriteAsync(
        HttpContext context,
        int status,
        string code,
        string title,
        string detail,
        IReadOnlyList<FieldProblemView>? errors = null
    )
    {
        if (InferenceFault.IsFor(context))
            return InferenceFault.WriteAsync(context, status, code, $"{title} {detail}", errors: null);
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        var problem = new Problem($"urn:halley:{code}", title, status, detail, code, RequestIds.Of(context), errors);
        return JsonSerializer.SerializeAsync(context.Response.Body, problem, ApiJson.Default.Problem, context.RequestAborted);
    }
}

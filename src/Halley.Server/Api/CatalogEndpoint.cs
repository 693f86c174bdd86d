using System.Text.Json;
using System.Text.Json.Nodes;

namespace Halley.Server;

/// <summary>A live decision in the list.</summary>
sealed record CatalogEntry(string Name, string? Description, string Champion, string Address);

/// <summary><c>GET /v1/decisions</c>, <c>GET /v1/decisions/{name}</c> and <c>GET /openapi.json</c>.</summary>
static class CatalogEndpoint
{
    public static Task ListAsync(HttpContext context, LiveRoutes routes)
    {
        IReadOnlyList<CatalogEntry> entries =
        [
            .. routes
                .All.OrderBy(route => route.Live.Decision, StringComparer.Ordinal)
                .Select(route => new CatalogEntry(
                    route.Live.Decision,
                    route.Champion.Definition.Description,
                    route.Champion.Release.Id.ToString(),
                    $"/v1/decisions/{route.Live.Decision}"
                )),
        ];
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            entries,
            ApiJson.Default.IReadOnlyListCatalogEntry,
            context.RequestAborted
        );
    }

    public static Task ShowAsync(HttpContext context, string name, LiveRoutes routes) =>
        routes.Find(name) is { } route ? WriteAsync(context, Describe(route)) : Problems.NotLiveAsync(context, name);

    public static async Task OpenApiAsync(HttpContext context, LiveRoutes routes, InferenceModels models)
    {
        var document = OpenApiDocument.Of(routes.All);
        InferenceDocument.AddTo(document, await models.ListAsync(context.RequestAborted));
        await WriteAsync(context, document);
    }

    static JsonObject Describe(LiveRoute route)
    {
        var definition = route.Champion.Definition;
        return new()
        {
            ["name"] = definition.Name,
            ["description"] = definition.Description,
            ["release"] = route.Champion.Release.Id.ToString(),
            ["schema"] = route.SchemaOf(route.Champion.Release.Id),
            ["schemas_served"] = new JsonArray([.. route.Schemas.Select(schema => (JsonNode)schema)]),
            ["timetable"] = new JsonArray([.. route.Live.Arms.Timetable.Select(Entry)]),
            ["actions"] = new JsonArray([.. definition.Actions.Select(action => (JsonNode)action)]),
            ["inputs"] = InputSchema.Of(definition.Inputs),
            ["outputs"] = OutputSchema.Of(definition),
        };
    }

    static JsonNode Entry(Registry.TimetableEntry entry) =>
        new JsonObject
        {
            ["from"] = entry.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["transaction"] = entry.Transaction is { } only ? Registry.TransactionNames.Of(only) : null,
            ["release"] = entry.Release.ToString(),
        };

    static Task WriteAsync(HttpContext context, JsonObject document)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(document.ToJsonString(), context.RequestAborted);
    }
}

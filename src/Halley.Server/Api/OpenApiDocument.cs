using System.Text.Json.Nodes;
using Halley.Registry;

namespace Halley.Server;

/// <summary>OpenAPI 3.1 of what is live now: an address for each decision, with its own schema.</summary>
static class OpenApiDocument
{
    public static JsonObject Of(IEnumerable<LiveRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var route in routes.OrderBy(route => route.Live.Decision, StringComparer.Ordinal))
            paths[$"/v1/decisions/{route.Live.Decision}"] = new JsonObject { ["post"] = Decide(route) };
        paths["/v1/decisions"] = Get("List the live decisions.");
        paths["/v1/log/{decision_id}"] = Get("Read a decision back, with steps, shadows and outcomes.", "decision_id");
        paths["/v1/outcomes"] = new JsonObject { ["post"] = Outcomes() };
        paths["/v1/overview"] = Get("What is live, how it runs, and what it earned.");
        paths["/v1/monitor"] = Get("Whether what is live still fits, with alarms and a verdict.");
        paths["/health/live"] = Get("Whether the process runs.");
        paths["/health/ready"] = Get("Whether it can decide.");
        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Halley decisions", ["version"] = "1" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = new JsonObject { ["Problem"] = ProblemSchema() } },
        };
    }

    static JsonObject Decide(LiveRoute route)
    {
        var definition = route.Champion.Definition;
        var request = Object(
            ("inputs", InputSchema.Of(definition.Inputs)),
            ("unit_id", Text("Unit that arms are assigned by; the input of role id where left out.")),
            (
                "request_id",
                Text("Key of safe retries: the same body gives the first answer again. May be the Idempotency-Key header.")
            ),
            ("purpose", new JsonObject { ["enum"] = new JsonArray("live", "test", "what_if") }),
            ("explain", new JsonObject { ["type"] = "boolean" }),
            ("as_of", Date("Effective date that the answer is for; today where left out.")),
            (
                "transaction",
                new JsonObject
                {
                    ["enum"] = new JsonArray([.. Registry.TransactionNames.All.Select(word => (JsonNode)word)]),
                    ["description"] = "What the request is for; new_business where left out.",
                }
            ),
            ("original_decision_id", Text("The decision that an adjustment changes: its release answers.")),
            ("schema", Text("The schema that the request was made for, as GET /v1/decisions/{name} names it.")),
            ("variants", Variants()),
            ("earlier_decision_id", Text("What-if: the decision to decide again with changes; inputs are left out then.")),
            ("changes", new JsonObject { ["type"] = "object", ["description"] = "What-if: the inputs that differ." })
        );
        request["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = new JsonArray("inputs") },
            new JsonObject { ["required"] = new JsonArray("earlier_decision_id") }
        );
        request["additionalProperties"] = false;
        var answer = Object(
            ("decision_id", Text("Names this decision in the log and for outcomes.")),
            ("release", Text("The release that answered.")),
            ("arm", Text("champion or challenger.")),
            ("action", new JsonObject { ["enum"] = new JsonArray([.. definition.Actions.Select(action => (JsonNode)action)]) }),
            ("outputs", OutputSchema.Of(definition)),
            (
                "reasons",
                new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "string" },
                }
            ),
            ("fallback", new JsonObject { ["type"] = "boolean" })
        );
        return new()
        {
            ["summary"] = definition.Description ?? definition.Name,
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(request) },
            ["responses"] = Responses("Decided, and durable in the log.", answer, "400", "404", "409", "413", "503"),
        };
    }

    static JsonObject Outcomes()
    {
        var item = Object(
            ("outcome_id", Text("The sender's own id; sent again, it counts once.")),
            ("decision_id", Text("The decision that it is about.")),
            ("kind", Text("For example converted or claim_cost.")),
            ("value", new JsonObject { ["type"] = "number" }),
            ("valuation_date", new JsonObject { ["type"] = "string", ["format"] = "date" }),
            (
                "verdict",
                new JsonObject
                {
                    ["type"] = "string",
                    ["enum"] = new JsonArray([.. FraudVerdicts.Names.Select(name => (JsonNode)name)]),
                    ["description"] = "For kind fraud_verdict, whose value is the amount recovered.",
                }
            )
        );
        item["required"] = new JsonArray("outcome_id", "decision_id", "kind", "value", "valuation_date");
        var request = Object(("outcomes", new JsonObject { ["type"] = "array", ["items"] = item }));
        var answer = Object(
            ("accepted", new JsonObject { ["type"] = "integer" }),
            ("repeated", new JsonObject { ["type"] = "integer" })
        );
        return new()
        {
            ["summary"] = "Say what became of decisions.",
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(request) },
            ["responses"] = Responses("Durable in the log.", answer, "400", "413", "503"),
        };
    }

    static JsonObject Get(string summary, string? parameter = null)
    {
        var get = new JsonObject
        {
            ["summary"] = summary,
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = summary } },
        };
        if (parameter is not null)
            get["parameters"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = parameter,
                    ["in"] = "path",
                    ["required"] = true,
                    ["schema"] = Text("Id of the decision."),
                }
            );
        return new() { ["get"] = get };
    }

    static JsonObject Responses(string description, JsonObject answer, params string[] problems)
    {
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = description, ["content"] = Json(answer) },
        };
        foreach (var status in problems)
        {
            var problem = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } };
            responses[status] = new JsonObject
            {
                ["description"] = "Problem details.",
                ["content"] = new JsonObject { ["application/problem+json"] = problem },
            };
        }
        return responses;
    }

    static JsonObject ProblemSchema() =>
        Object(
            ("type", Text("Kind of the problem.")),
            ("title", Text("In a sentence.")),
            ("status", new JsonObject { ["type"] = "integer" }),
            ("detail", Text("What to do.")),
            ("code", Text("Stable code.")),
            ("request_id", Text("Id of the request, as in the header.")),
            (
                "errors",
                new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = Object(
                        ("field", Text("Field.")),
                        ("value", Text("As sent.")),
                        ("problem", Text("What is wrong.")),
                        ("expected", Text("What is allowed."))
                    ),
                }
            )
        );

    static JsonObject Variants()
    {
        var item = Object(
            ("name", Text("The caller's name of the variant; its place where left out.")),
            ("inputs", new JsonObject { ["type"] = "object", ["description"] = "The inputs that differ." })
        );
        item["required"] = new JsonArray("inputs");
        return new()
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["maxItems"] = VariantsReader.Most,
            ["items"] = item,
        };
    }

    static JsonObject Date(string description) =>
        new()
        {
            ["type"] = "string",
            ["format"] = "date",
            ["description"] = description,
        };

    static JsonObject Json(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    static JsonObject Object(params (string Name, JsonObject Schema)[] members)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in members)
            properties[name] = schema;
        return new() { ["type"] = "object", ["properties"] = properties };
    }
}

using System.Text.Json.Nodes;

namespace Halley.Server;

/// <summary>The part of the OpenAPI document that tells of the Open Inference Protocol.</summary>
static class InferenceDocument
{
    /// <summary>Adds the protocol's addresses, with the names of the models that are served.</summary>
    public static void AddTo(JsonObject document, IReadOnlyList<(string Name, IReadOnlyList<int> Versions)> models)
    {
        var paths = (JsonObject)document["paths"]!;
        var names = new JsonArray([.. models.Select(model => (JsonNode)model.Name)]);
        paths["/v2"] = Get("Name and version of the server (Open Inference Protocol).");
        paths["/v2/health/live"] = Get("Whether the process runs: 200 or 4xx.");
        paths["/v2/health/ready"] = Get("Whether all models can score: 200 or 4xx.");
        foreach (var place in new[] { "/v2/models/{name}", "/v2/models/{name}/versions/{version}" })
        {
            paths[place] = With(Get("Versions, inputs and outputs of a model."), place, names);
            paths[place + "/ready"] = With(Get("Whether a model can score: 200 or 4xx."), place, names);
            paths[place + "/infer"] = With(new() { ["post"] = Infer() }, place, names);
        }
        var schemas = (JsonObject)document["components"]!["schemas"]!;
        schemas["InferenceError"] = Object(
            ("error", Text("All that is wrong, in one text.")),
            ("code", Text("Stable code.")),
            ("request_id", Text("Id of the request, as in the header.")),
            ("errors", new JsonObject { ["type"] = "array", ["items"] = Wrong() })
        );
        schemas["Tensor"] = Tensor();
    }

    static JsonObject Infer()
    {
        var tensors = new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["$ref"] = "#/components/schemas/Tensor" },
        };
        var named = Object(("name", Text("Name of an output.")));
        var request = Object(
            ("id", Text("The caller's name of the request, told back.")),
            ("inputs", tensors),
            ("outputs", new JsonObject { ["type"] = "array", ["items"] = named })
        );
        request["required"] = new JsonArray("inputs");
        var answer = Object(
            ("model_name", Text("Model that answered.")),
            ("model_version", Text("Its version.")),
            ("id", Text("As sent, or the id of the request.")),
            ("outputs", tensors.DeepClone().AsObject())
        );
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = "Scored; nothing is logged.", ["content"] = Json(answer) },
        };
        foreach (var status in new[] { "400", "404", "413", "429", "503" })
            responses[status] = new JsonObject
            {
                ["description"] = "Not scored.",
                ["content"] = Json(new() { ["$ref"] = "#/components/schemas/InferenceError" }),
            };
        return new()
        {
            ["summary"] = "Score rows: a tensor for each input, a value for each row.",
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(request) },
            ["responses"] = responses,
        };
    }

    static JsonObject Tensor()
    {
        var tensor = Object(
            ("name", Text("Name of an input or output.")),
            (
                "shape",
                new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "integer" },
                }
            ),
            ("datatype", Text("FP64, INT64, BOOL or BYTES, as the model's description says.")),
            ("data", new JsonObject { ["type"] = "array", ["description"] = "A value for each row; null where it is missing." })
        );
        tensor["required"] = new JsonArray("name", "shape", "datatype", "data");
        return tensor;
    }

    static JsonObject Wrong() =>
        Object(
            ("field", Text("Input.")),
            ("row", new JsonObject { ["type"] = new JsonArray("integer", "null"), ["description"] = "Row, from 0." }),
            ("value", Text("As sent.")),
            ("problem", Text("What is wrong.")),
            ("expected", Text("What is allowed."))
        );

    static JsonObject With(JsonObject path, string place, JsonArray names)
    {
        var name = Text("Name of a model.");
        name["enum"] = names.DeepClone();
        var parameters = new JsonArray(Parameter("name", name));
        if (place.Contains("{version}", StringComparison.Ordinal))
            parameters.Add((JsonNode)Parameter("version", Text("Number of its version.")));
        path["parameters"] = parameters;
        return path;
    }

    static JsonObject Parameter(string name, JsonObject schema) =>
        new()
        {
            ["name"] = name,
            ["in"] = "path",
            ["required"] = true,
            ["schema"] = schema,
        };

    static JsonObject Get(string summary) =>
        new()
        {
            ["get"] = new JsonObject
            {
                ["summary"] = summary,
                ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = summary } },
            },
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

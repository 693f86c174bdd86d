using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Halley.Models;

namespace Halley.Server;

/// <summary>The Open Inference Protocol (v2) over HTTP and JSON: plain scores of the models that live releases have pinned. Nothing of it is logged.</summary>
static class InferenceEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/v2", (HttpContext context) => WriteAsync(context, ServerDocument()));
        app.MapGet("/v2/health/live", (HttpContext context) => WriteAsync(context, new() { ["live"] = true }));
        app.MapGet(
            "/v2/health/ready",
            (HttpContext context, Readiness readiness) => ReadyAsync(context, readiness.Problem is null)
        );
        app.MapGet(
            "/v2/models/{name}",
            (HttpContext context, string name, InferenceModels models) => ShowAsync(context, models, name, null)
        );
        app.MapGet(
            "/v2/models/{name}/versions/{version}",
            (HttpContext context, string name, string version, InferenceModels models) =>
                ShowAsync(context, models, name, version)
        );
        app.MapGet(
            "/v2/models/{name}/ready",
            (HttpContext context, string name, InferenceModels models) => ModelReadyAsync(context, models, name, null)
        );
        app.MapGet(
            "/v2/models/{name}/versions/{version}/ready",
            (HttpContext context, string name, string version, InferenceModels models) =>
                ModelReadyAsync(context, models, name, version)
        );
        app.MapPost(
            "/v2/models/{name}/infer",
            (HttpContext context, string name, InferenceModels models, ServerOptions options) =>
                InferAsync(context, models, options, name, null)
        );
        app.MapPost(
            "/v2/models/{name}/versions/{version}/infer",
            (HttpContext context, string name, string version, InferenceModels models, ServerOptions options) =>
                InferAsync(context, models, options, name, version)
        );
    }

    static JsonObject ServerDocument() =>
        new()
        {
            ["name"] = "halley",
            ["version"] = CodeVersion.Current,
            ["extensions"] = new JsonArray(),
        };

    static async Task ShowAsync(HttpContext context, InferenceModels models, string name, string? version)
    {
        if (await models.FindAsync(name, version, context.RequestAborted) is not { } model)
        {
            await InferenceFault.NoModelAsync(context, name, version);
            return;
        }
        var versions = (await models.ListAsync(context.RequestAborted)).First(one => one.Name == name).Versions;
        var document = new JsonObject
        {
            ["name"] = name,
            ["versions"] = new JsonArray([.. versions.Select(number => (JsonNode)number.ToString(CultureInfo.InvariantCulture))]),
            ["platform"] = "halley",
            ["inputs"] = new JsonArray([.. model.Encoder.Schema.Fields.Select(field => Tensor(field.Name, Datatypes.Of(field)))]),
            ["outputs"] = new JsonArray([.. model.Outputs.Select(output => Tensor(output.Name, output.Datatype))]),
        };
        await WriteAsync(context, document);
    }

    static JsonNode Tensor(string name, string datatype) =>
        new JsonObject
        {
            ["name"] = name,
            ["datatype"] = datatype,
            ["shape"] = new JsonArray(-1),
        };

    static async Task ModelReadyAsync(HttpContext context, InferenceModels models, string name, string? version)
    {
        if (await models.FindAsync(name, version, context.RequestAborted) is { } model)
            await ReadyAsync(context, model.Stopped is null);
        else
            await InferenceFault.NoModelAsync(context, name, version);
    }

    /// <summary>The protocol tells readiness by the status: 200 or 4xx.</summary>
    static Task ReadyAsync(HttpContext context, bool isReady)
    {
        context.Response.StatusCode = isReady ? 200 : 400;
        return WriteAsync(context, new() { ["ready"] = isReady });
    }

    static async Task InferAsync(HttpContext context, InferenceModels models, ServerOptions options, string name, string? version)
    {
        if (await models.FindAsync(name, version, context.RequestAborted) is not { } model)
        {
            await InferenceFault.NoModelAsync(context, name, version);
            return;
        }
        if (model.Stopped is not null)
        {
            await InferenceFault.StoppedAsync(context, model);
            return;
        }
        if (await Bodies.ReadAsync(context.Request, options.MaximumBodyBytes) is not { } body)
        {
            await Problems.TooLargeAsync(context, options.MaximumBodyBytes);
            return;
        }
        var call = InferenceCallReader.Read(body, options.MaximumDepth, out var problems);
        var rowCount = 0;
        if (call is not null)
            problems.AddRange(InferenceScorer.Check(model, call, options.MaximumRows, out rowCount));
        var results = call is null ? null : await ScoreAsync(context, options, model, call, rowCount, problems);
        await (
            results is null
                ? InferenceFault.BadRequestAsync(context, problems)
                : WriteAsync(context, model, call!, results, rowCount)
        );
    }

    static async Task<double[][]?> ScoreAsync(
        HttpContext context,
        ServerOptions options,
        ServedModel model,
        InferenceCall call,
        int rowCount,
        List<TensorProblem> problems
    )
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(options.Hosting.RequestTime);
        try
        {
            return await InferenceScorer.ScoreAsync(model, call, rowCount, problems, time.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new SlowRequestException(isBody: false, options.Hosting.RequestTime);
        }
    }

    static async Task WriteAsync(HttpContext context, ServedModel model, InferenceCall call, double[][] results, int rowCount)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("model_name", model.Version.Name);
            writer.WriteString("model_version", model.Version.Version.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("id", call.Id ?? RequestIds.Of(context));
            writer.WriteStartArray("outputs");
            for (var output = 0; output < results.Length; output++)
            {
                if (call.Outputs.Count == 0 || call.Outputs.Contains(model.Outputs[output].Name))
                    Write(writer, model.Outputs[output], results[output], rowCount);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    static void Write(Utf8JsonWriter writer, ServedOutput output, double[] values, int rowCount)
    {
        writer.WriteStartObject();
        writer.WriteString("name", output.Name);
        writer.WriteString("datatype", output.Datatype);
        writer.WriteStartArray("shape");
        writer.WriteNumberValue(rowCount);
        writer.WriteEndArray();
        writer.WriteStartArray("data");
        foreach (var value in values)
        {
            if (output.Levels is { } levels)
                writer.WriteStringValue(levels[(int)value]);
            else if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static Task WriteAsync(HttpContext context, JsonObject document)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(document.ToJsonString(), context.RequestAborted);
    }
}

using System.Globalization;
using System.Text.Json;
using Halley.Bench.Server;
using Halley.Server;

// Halley.Bench.Server STORE ENVIRONMENT ADDRESS BYTES: the decision server, and POST /empty, which reads the same request and answers BYTES constant bytes.
var options = new ServerOptions
{
    Store = args[0],
    Environment = args[1],
    Address = args[2],
};
var answer = JsonSerializer.SerializeToUtf8Bytes(
    new string('x', int.Parse(args[3], CultureInfo.InvariantCulture) - 2),
    EmptyJson.Default.String
);
await using var app = DecisionServer.Build(
    options,
    TimeProvider.System,
    app =>
        app.MapPost(
            "/empty",
            (RequestDelegate)(
                async context =>
                {
                    var request = await JsonSerializer.DeserializeAsync(
                        context.Request.BodyReader,
                        EmptyJson.Default.EmptyRequest,
                        context.RequestAborted
                    );
                    context.Response.StatusCode = request?.Inputs is null ? 400 : 200;
                    context.Response.ContentType = "application/json; charset=utf-8";
                    context.Response.ContentLength = answer.Length;
                    await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
                }
            )
        )
);
await app.RunAsync();

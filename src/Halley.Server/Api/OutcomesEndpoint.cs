using System.Text.Json;
using Halley.Registry;

namespace Halley.Server;

/// <param name="Accepted">Outcomes that are new.</param>
/// <param name="Repeated">Outcomes that were there before; they count once.</param>
sealed record OutcomesAnswer(int Accepted, int Repeated);

/// <summary><c>POST /v1/outcomes</c></summary>
static class OutcomesEndpoint
{
    public static async Task HandleAsync(HttpContext context, DecisionLog log, ServerOptions options)
    {
        if (await Bodies.ReadAsync(context.Request, options.MaximumBodyBytes) is not { } body)
        {
            await Problems.TooLargeAsync(context, options.MaximumBodyBytes);
            return;
        }
        if (OutcomesReader.Read(body, options.Simulated, out var problems) is not { } outcomes)
        {
            await Problems.BadRequestAsync(context, problems);
            return;
        }
        var receipt = await TimeLimit.WaitAsync(log.AppendAsync(outcomes, CancellationToken.None), options.Hosting.RequestTime);
        context.Response.ContentType = "application/json; charset=utf-8";
        var answer = new OutcomesAnswer(receipt.Taken, receipt.Repeated);
        await JsonSerializer.SerializeAsync(
            context.Response.Body,
            answer,
            ApiJson.Default.OutcomesAnswer,
            context.RequestAborted
        );
    }
}

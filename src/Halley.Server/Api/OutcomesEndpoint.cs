using System.Text.Json;
using System.Text.Json.Serialization;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Outcomes as a caller sends them. Unknown members are refused: a mistyped one must not be lost.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record OutcomesRequest(IReadOnlyList<OutcomeItem> Outcomes);

/// <param name="OutcomeId">The sender's own id: sent again, it counts once.</param>
/// <param name="Kind">For example <c>converted</c>, <c>claim_cost</c>.</param>
/// <param name="ValuationDate">The day for which the value was known; a later one supersedes.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record OutcomeItem(string OutcomeId, Guid DecisionId, string Kind, double Value, DateOnly ValuationDate);

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
        OutcomesRequest? request = null;
        try
        {
            request = JsonSerializer.Deserialize(body, ApiJson.Default.OutcomesRequest);
        }
        catch (JsonException problem)
        {
            await Problems.BadRequestAsync(
                context,
                [new(problem.Path ?? "", null, "can't be read", "a list of outcomes", FieldProblemKind.Unreadable)]
            );
            return;
        }
        if (FirstGap(request) is { } gap)
        {
            await Problems.BadRequestAsync(context, [gap]);
            return;
        }
        var outcomes = request!.Outcomes.Select(item => new Outcome
        {
            Id = item.OutcomeId,
            DecisionId = item.DecisionId,
            Kind = item.Kind,
            Value = item.Value,
            ValuationDate = item.ValuationDate,
            Simulated = options.Simulated,
        });
        var receipt = await log.AppendAsync([.. outcomes], CancellationToken.None);
        context.Response.ContentType = "application/json; charset=utf-8";
        var answer = new OutcomesAnswer(receipt.Taken, receipt.Repeated);
        await JsonSerializer.SerializeAsync(
            context.Response.Body,
            answer,
            ApiJson.Default.OutcomesAnswer,
            context.RequestAborted
        );
    }

    static FieldProblem? FirstGap(OutcomesRequest? request)
    {
        if (request?.Outcomes is null)
            return new("outcomes", null, "is missing", "a list of outcomes", FieldProblemKind.Missing);
        for (var i = 0; i < request.Outcomes.Count; i++)
        {
            var item = request.Outcomes[i];
            var missing =
                item is null ? ""
                : string.IsNullOrWhiteSpace(item.OutcomeId) ? ".outcome_id"
                : string.IsNullOrWhiteSpace(item.Kind) ? ".kind"
                : item.DecisionId == default ? ".decision_id"
                : item.ValuationDate == default ? ".valuation_date"
                : null;
            if (missing is not null)
                return new(
                    $"outcomes[{i}]{missing}",
                    null,
                    "is missing",
                    "outcome_id, decision_id, kind, value, valuation_date",
                    FieldProblemKind.Missing
                );
        }
        return null;
    }
}

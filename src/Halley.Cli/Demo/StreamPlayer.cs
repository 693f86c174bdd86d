using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Halley.Data;

namespace Halley.Cli;

/// <summary>Plays events against a server as callers would: over HTTP, several at a time, with outcomes.</summary>
sealed class StreamPlayer(string address, StreamClock clock) : IDisposable
{
    const int AtATime = 8;
    const int OutcomesARequest = 500;

    /// <summary>What stands for the action of a record that the server refused.</summary>
    public const string Refused = "refused";

    readonly HttpClient http = new() { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Sends every event and then its outcomes.</summary>
    /// <returns>Each event with the action that it was answered.</returns>
    public async Task<IReadOnlyList<PlayedEvent>> PlayAsync(
        IReadOnlyList<LiveEvent> events,
        IProgress<FitProgress> progress,
        CancellationToken cancellation
    )
    {
        var answers = new Answer[events.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, events.Count),
            options,
            async (i, stop) =>
            {
                clock.MoveTo(events[i].At);
                answers[i] = await DecideAsync(events[i], stop);
                progress.Report(new("decisions", (double)Interlocked.Increment(ref done) / events.Count));
            }
        );
        foreach (var part in answers.SelectMany((answer, i) => OutcomesOf(events[i], answer)).Chunk(OutcomesARequest))
            await SendAsync(part, cancellation);
        return [.. answers.Select((answer, i) => new PlayedEvent(events[i], answer.Action))];
    }

    async Task<Answer> DecideAsync(LiveEvent request, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(request.Body());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync($"v1/decisions/{request.Decision}", content, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        // A user's own row may break the decision's rules: to be told so is an answer. A generated one never does.
        if (request is RecordEvent && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
            return new(null, Refused, default);
        if (!response.IsSuccessStatusCode)
            throw new HalleyException(
                "HLY7030",
                $"the server refused {request.RequestId}: {(int)response.StatusCode} {Encoding.UTF8.GetString(body)}",
                FaultKind.CheckFailed
            );
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        return new(
            root.GetProperty("decision_id").GetGuid(),
            root.GetProperty("action").GetString()!,
            root.GetProperty("outputs").Clone()
        );
    }

    static IEnumerable<object> OutcomesOf(LiveEvent request, Answer answer) =>
        answer.Id is null
            ? []
            : request
                .Outcomes(answer.Action, answer.Outputs)
                .Select(outcome => new
                {
                    outcome_id = $"{request.RequestId}-{outcome.Kind}",
                    decision_id = answer.Id,
                    kind = outcome.Kind,
                    value = outcome.Value,
                    valuation_date = request.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                });

    async Task SendAsync(object[] outcomes, CancellationToken cancellation)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { outcomes }), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("v1/outcomes", content, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new HalleyException(
                "HLY7085",
                $"the server refused outcomes: {await response.Content.ReadAsStringAsync(cancellation)}",
                FaultKind.CheckFailed
            );
    }

    public void Dispose() => http.Dispose();

    readonly record struct Answer(Guid? Id, string Action, JsonElement Outputs);
}

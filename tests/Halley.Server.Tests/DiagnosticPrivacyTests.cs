using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Halley.Server.Tests;

/// <summary>What a person told in a request stands in the decision log and in answers, and in no diagnostic log, trace or metric.</summary>
public sealed class DiagnosticPrivacyTests
{
    const string Secret = "secret-person-4711";

    [Fact]
    public async Task No_field_of_a_request_is_in_logs_traces_or_metrics()
    {
        await using var desk = await ServerDesk.StartAsync();
        using var captured = new Captured();
        desk.Server.Services.GetRequiredService<ILoggerFactory>().AddProvider(captured);
        using var traces = captured.Traces();
        string[] inputs =
        [
            Sample.Record.Replace("q-1", Secret, StringComparison.Ordinal),
            Sample.Record.Replace("north", Secret, StringComparison.Ordinal),
            Sample.Record.Replace("\"age\":40", $"\"age\":\"{Secret}\"", StringComparison.Ordinal),
            $"\"{Secret}\"",
        ];
        foreach (var one in inputs)
            await desk.DecideAsync(one, requestId: Secret);
        await desk.PostAsync("/v1/decisions/quote", $"{{ not JSON {Secret}");
        await desk.PostAsync("/v1/outcomes", $$"""{"outcomes":[{"outcome_id":"{{Secret}}","decision_id":"{{Secret}}"}]}""");
        // The provider hears: without this, an empty capture would prove nothing.
        desk.Server.Services.GetRequiredService<ILogger<DiagnosticPrivacyTests>>().LogWarning("heard");
        var metrics = await desk.GetAsync("/metrics");
        Assert.Contains("halley_decisions", metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, metrics.Text, StringComparison.Ordinal);
        Assert.Contains(captured.Lines, line => line.Contains("heard", StringComparison.Ordinal));
        Assert.Contains(captured.Lines, line => line.StartsWith("trace ", StringComparison.Ordinal));
        Assert.DoesNotContain(captured.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    sealed class Captured : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public ActivityListener Traces()
        {
            var listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                    Lines.Enqueue(
                        $"trace {activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"
                    ),
            };
            ActivitySource.AddActivityListener(listener);
            return listener;
        }

        public void Dispose() { }
    }
}

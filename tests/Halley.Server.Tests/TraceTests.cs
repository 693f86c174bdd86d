using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Halley.Server.Tests;

/// <summary>Traces and metrics to an OTLP endpoint, and the traceparent that stays with a decision.</summary>
[Collection(nameof(Alone))]
public sealed class TraceTests
{
    const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const string Traceparent = $"00-{TraceId}-00f067aa0ba902b7-01";
    const string Person = "secret-person-4711";

    [Fact]
    public async Task A_decision_is_traced_with_its_parts_and_ids_and_without_its_fields()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var desk = await ServerDesk.PrepareAsync();
        var address = ServerProcess.FreeAddress();
        using var server = ServerProcess.Start(
            desk.Folder,
            address,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "quotes"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "100"),
            ("HALLEY_DRAIN_SECONDS", "0")
        );
        try
        {
            await ServerProcess.StartedAsync(address);
            desk.Client.BaseAddress = new(address);
            var decided = (
                await AskAsync(desk, $$"""{"quote_id":"{{Person}}","age":40,"region":"north","value":31415926,"licence":true}""")
            ).Good();
            (await desk.GetAsync($"/v1/log/none?person={Person}")).Bad(404, "HLY6002");
            var id = (string)decided["decision_id"]!;
            await receiver.UntilAsync(
                "/v1/traces",
                id,
                "log append",
                "evaluate",
                "decide",
                "POST /v1/decisions/{name}",
                "quote@1",
                "premium",
                "quotes"
            );
            await receiver.UntilAsync("/v1/metrics", "halley.decisions", "halley.decision.duration");
            // The spans are of the caller's trace.
            Assert.Contains(receiver.Bodies["/v1/traces"], body => Find(body, Convert.FromHexString(TraceId)));
            Assert.Equal(TraceId, TraceOf(await desk.GetAsync($"/v1/log/{id}")));
        }
        finally
        {
            await ServerProcess.TerminateAsync(server);
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        foreach (var body in receiver.Bodies.Values.SelectMany(bodies => bodies))
        {
            Assert.False(Find(body, Encoding.UTF8.GetBytes(Person)));
            Assert.False(Find(body, "31415926"u8.ToArray()));
        }
    }

    [Theory]
    [InlineData(Traceparent, TraceId)]
    [InlineData(null, null)]
    [InlineData("secret-person-4711", null)]
    public async Task A_decision_keeps_the_traceparent_that_it_came_with_without_any_tracing(string? sent, string? kept)
    {
        await using var desk = await ServerDesk.StartAsync();
        var decided = (await AskAsync(desk, Sample.Record, sent)).Good();
        var logged = await desk.GetAsync($"/v1/log/{decided["decision_id"]}");
        Assert.Equal(kept, TraceOf(logged));
        if (kept is null)
            Assert.DoesNotContain("traceparent", logged.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Person, logged.Text, StringComparison.Ordinal);
    }

    static string? TraceOf(Reply logged) => ((string?)logged.Good()["traceparent"])?.Split('-')[1];

    static async Task<Reply> AskAsync(ServerDesk desk, string inputs, string? traceparent = Traceparent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions/quote")
        {
            Content = new StringContent($$"""{"inputs":{{inputs}}}"""),
        };
        // The client must not put a trace of its own in.
        request.Headers.TryAddWithoutValidation("traceparent", traceparent ?? "");
        return await desk.SendAsync(request);
    }

    static bool Find(byte[] body, byte[] part) => body.AsSpan().IndexOf(part) >= 0;

    /// <summary>An OTLP endpoint that keeps what it is sent: protobuf, whose texts stand in it as they are.</summary>
    sealed class Receiver : IAsyncDisposable
    {
        readonly WebApplication app;

        Receiver(WebApplication app) => this.app = app;

        public ConcurrentDictionary<string, ConcurrentQueue<byte[]>> Bodies { get; } = new();

        public string Address => app.Urls.First();

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var receiver = new Receiver(builder.Build());
            receiver.app.Run(async context =>
            {
                using var memory = new MemoryStream();
                await context.Request.Body.CopyToAsync(memory);
                receiver.Bodies.GetOrAdd(context.Request.Path, _ => new()).Enqueue(memory.ToArray());
            });
            await receiver.app.StartAsync();
            return receiver;
        }

        /// <summary>Waits until each of the texts came; fails after twenty seconds.</summary>
        public async Task UntilAsync(string path, params string[] texts)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            foreach (var text in texts)
            {
                while (!Bodies.GetOrAdd(path, _ => new()).Any(body => Find(body, Encoding.UTF8.GetBytes(text))))
                {
                    Assert.False(patience.IsCancellationRequested, $"'{text}' did not come to {path}");
                    await Task.Delay(20, TestContext.Current.CancellationToken);
                }
            }
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}

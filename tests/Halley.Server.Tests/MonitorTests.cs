using System.Collections.Concurrent;
using Halley.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Halley.Server.Tests;

/// <summary>What a server says of its live releases, and how alarms reach people.</summary>
public sealed class MonitorTests
{
    static readonly MonitorPlan Plan = new() { Decision = "quote", Segments = ["region"] };

    [Fact]
    public async Task A_release_with_a_plan_is_watched_and_its_figures_name_no_customer()
    {
        await using var desk = await ServerDesk.PrepareAsync(configure: options =>
            options with
            {
                Monitoring = new() { Check = TimeSpan.FromMilliseconds(50) },
            }
        );
        await desk.PromoteAsync(
            Sample.Priced("100"),
            tables: new Dictionary<string, ReadOnlyMemory<byte>> { [MonitorPlanJson.TableName] = MonitorPlanJson.ToBytes(Plan) }
        );
        await desk.StartServerAsync();
        (await desk.DecideAsync(Sample.Record.Replace("q-1", "secret-person", StringComparison.Ordinal))).Good();
        var reply = await desk.UntilAsync(
            () => desk.GetAsync("/v1/monitor"),
            reply => reply.Json.AsArray() is [{ } report] && (long)report["decisions"]! == 1
        );
        var found = reply.Json[0]!;
        Assert.Equal(("quote@2", "leave"), ((string)found["release"]!, (string)found["verdict"]!));
        Assert.DoesNotContain("secret-person", reply.Text, StringComparison.Ordinal);
        var metrics = await desk.GetAsync("/metrics");
        Assert.Contains("halley_monitor_alarms{", metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-person", metrics.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_is_sent_until_it_is_taken_over_a_restart_and_signed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var desk = await ServerDesk.StartAsync(configure: options =>
            options with
            {
                Monitoring = new() { Retry = TimeSpan.FromMilliseconds(20), Secret = "shared" },
            }
        );
        await desk.Store.Registry.RaiseAsync(Report(), receiver.Address);
        await receiver.UntilAsync(2);
        await desk.RestartAsync();
        receiver.IsTaking = true;
        await desk.UntilDeliveredAsync();
        var (id, signature, body) = receiver.Messages.Last();
        var seconds = long.Parse(signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(AlertSignature.Of("shared", DateTimeOffset.FromUnixTimeSeconds(seconds), body), signature);
        Assert.All(receiver.Messages, message => Assert.Equal(id, message.Id));
        var text = System.Text.Encoding.UTF8.GetString(body);
        Assert.Contains("\"sentence\":\"It moved.\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("webhook", text, StringComparison.Ordinal);
        var sent = receiver.Messages.Count;
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(sent, receiver.Messages.Count);
    }

    static MonitorReport Report() =>
        new(
            "production",
            "quote",
            new("quote", 1),
            null,
            null,
            DateTimeOffset.UnixEpoch,
            1,
            1,
            MonitorVerdict.Leave,
            "Leave it.",
            [],
            [new("drift/the whole/region", MonitorAlarmKind.Drift, "the whole", "region", "It moved.")],
            [],
            [],
            false
        );

    /// <summary>A webhook on loopback that refuses until it takes.</summary>
    sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        public volatile bool IsTaking;

        public ConcurrentQueue<(string Id, string Signature, byte[] Body)> Messages { get; } = new();

        public string Address => app.Urls.First() + "/hook";

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new Receiver(app);
            app.MapPost("/hook", receiver.TakeAsync);
            await app.StartAsync();
            return receiver;
        }

        async Task<IResult> TakeAsync(HttpRequest request)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            Messages.Enqueue((request.Headers["Halley-Alert"]!, request.Headers["Halley-Signature"]!, body.ToArray()));
            return Results.StatusCode(IsTaking ? 204 : 503);
        }

        public async Task UntilAsync(int messages)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (Messages.Count < messages)
                await Task.Delay(10, patience.Token);
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}

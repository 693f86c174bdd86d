using System.Net.Sockets;
using System.Text;
using Halley.Registry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Halley.Server.Tests;

/// <summary>Limits of rate, time and size.</summary>
public sealed class LimitTests
{
    // A rate so small that no test waits for the next request.
    static readonly HostingOptions Slow = new() { RequestRate = 0.001, RequestBurst = 3 };

    [Fact]
    public async Task The_request_beyond_the_burst_is_429_with_when_to_come_again_and_each_key_has_its_own()
    {
        await using var desk = await ServerDesk.StartAsync(configure: options =>
            options with
            {
                Hosting = Slow,
                Access = new() { Required = true },
            }
        );
        var (ann, bert) = (await KeyAsync(desk, "ann"), await KeyAsync(desk, "bert"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await AskAsync(desk, ann, "/v1/decisions")).Status);
        var refused = (await AskAsync(desk, ann, "/v1/decisions")).Bad(429, "HLY6032");
        Assert.InRange(int.Parse(refused.RetryAfter!), 1, 1000);
        Assert.StartsWith(
            "A caller may send 0.001 requests a second, and 3 at once.",
            refused["detail"],
            StringComparison.Ordinal
        );
        // In the protocol's own shape for plain scores; health is never refused; others are not held up.
        var score = await AskAsync(desk, ann, "/v2/models/count");
        Assert.Equal((429, "HLY6032", "application/json"), (score.Status, score["code"], score.ContentType));
        Assert.NotNull(score.RetryAfter);
        Assert.Equal(200, (await AskAsync(desk, ann, "/health/ready")).Status);
        Assert.Equal(200, (await AskAsync(desk, bert, "/v1/decisions")).Status);
    }

    [Fact]
    public async Task Where_nobody_says_who_they_are_the_address_counts()
    {
        await using var desk = await ServerDesk.StartAsync(configure: options => options with { Hosting = Slow });
        for (var i = 0; i < 3; i++)
            (await desk.DecideAsync()).Good();
        (await desk.DecideAsync()).Bad(429, "HLY6032");
    }

    [Fact]
    public async Task A_body_that_does_not_come_in_time_is_408()
    {
        await using var desk = await ServerDesk.StartAsync(configure: options => options with { Hosting = Timed });
        using var client = new TcpClient();
        var uri = desk.Client.BaseAddress!;
        await client.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/decisions/quote HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        // Up to the end of the answer: the connection may end roughly, since half of a request stands in it.
        var (answer, buffer) = ("", new byte[4096]);
        while (!answer.Contains("send it again", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.True(read > 0, answer);
            answer += Encoding.UTF8.GetString(buffer, 0, read);
        }
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"HLY6033\"", answer, StringComparison.Ordinal);
        Assert.Contains("Halley-Request-Id: ", answer, StringComparison.Ordinal);
        Assert.Contains("Nothing was logged", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_waits_for_the_disk_too_long_is_504_and_the_retry_gets_the_one_decision()
    {
        await using var desk = await ServerDesk.StartAsync(configure: options => options with { Hosting = Timed });
        Reply late;
        using (var other = await HoldLogAsync(desk))
            late = (await desk.DecideAsync(requestId: "r-1")).Bad(504, "HLY6034");
        Assert.Contains("same key", late["detail"], StringComparison.Ordinal);
        var first = await desk.UntilAsync(() => desk.DecideAsync(requestId: "r-1"), reply => reply.Status == 200);
        Assert.Equal(first.Text, (await desk.DecideAsync(requestId: "r-1")).Text);
    }

    static readonly HostingOptions Timed = new() { RequestTime = TimeSpan.FromSeconds(0.3) };

    /// <summary>Another program that writes to the log's file and does not end.</summary>
    static async Task<SqliteConnection> HoldLogAsync(ServerDesk desk)
    {
        var file = Directory
            .GetFiles(desk.Folder, "*.db", SearchOption.AllDirectories)
            .Single(path => Path.GetFileName(path).Contains("log", StringComparison.Ordinal));
        var other = new SqliteConnection($"Data Source={file};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return other;
    }

    [Theory]
    [InlineData("drain", "must lie in 0 to 60")]
    [InlineData("rate", "lets nothing through")]
    [InlineData("burst", "no use without a rate")]
    [InlineData("time", "must lie in 0.1 to 600")]
    [InlineData("no certificate", "needs a certificate")]
    [InlineData("no https", "write the address with https")]
    public void A_setting_that_can_not_be_is_refused(string what, string problem)
    {
        var options = new ServerOptions
        {
            Store = "x",
            Environment = "production",
            Address = what == "no certificate" ? "https://127.0.0.1:0" : "http://127.0.0.1:0",
            Hosting = what switch
            {
                "drain" => new() { Drain = TimeSpan.FromSeconds(61) },
                "rate" => new() { RequestRate = 0 },
                "burst" => new() { RequestBurst = 3 },
                "time" => new() { RequestTime = TimeSpan.Zero },
                "no https" => new() { Certificate = "x.pem" },
                _ => new(),
            },
        };
        Assert.Contains(problem, Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    static async Task<string> KeyAsync(ServerDesk desk, string name)
    {
        var (_, text) = await desk.Store.Registry.CreateKeyAsync(
            name,
            [AccessRole.Operator],
            null,
            null,
            Actor.Unverified("alice")
        );
        await desk.Server.Services.GetRequiredService<KeyRing>().RefreshAsync(TestContext.Current.CancellationToken);
        return text;
    }

    static async Task<Reply> AskAsync(ServerDesk desk, string key, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Halley-Key", key);
        return await desk.SendAsync(request);
    }
}

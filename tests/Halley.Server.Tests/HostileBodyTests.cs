using System.Net.Sockets;
using System.Text;

namespace Halley.Server.Tests;

public sealed class HostileBodyTests
{
    [Fact]
    public async Task A_body_of_10_MB_is_413_and_the_next_request_is_served()
    {
        await using var desk = await ServerDesk.StartAsync();
        var body = $$"""{"inputs":{{Sample.Record}},"unit_id":"{{new string('x', 10_000_000)}}"}""";
        var reply = (await desk.PostAsync("/v1/decisions/quote", body)).Bad(413, "HLY6003");
        Assert.Equal("A request has at most 1048576 bytes. Send one record a request.", reply["detail"]);
        (await desk.PostAsync("/v1/outcomes", body)).Bad(413, "HLY6003");
        (await desk.DecideAsync()).Good();
    }

    [Fact]
    public async Task A_body_of_10_MB_in_chunks_of_no_told_length_is_413()
    {
        await using var desk = await ServerDesk.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions/quote")
        {
            Content = new StreamContent(new MemoryStream(new byte[10_000_000])),
        };
        request.Headers.TransferEncodingChunked = true;
        (await desk.SendAsync(request)).Bad(413, "HLY6003");
    }

    [Fact]
    public async Task A_body_of_100_MB_is_refused_by_its_length_before_any_of_it_is_sent()
    {
        await using var desk = await ServerDesk.StartAsync();
        var address = new Uri(desk.Server.Urls.First());
        using var client = new TcpClient(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(
            "POST /v1/decisions/quote HTTP/1.1\r\nHost: halley\r\nContent-Length: 104857600\r\n\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken
        );
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        var answer = new byte[4096];
        var read = await stream.ReadAsync(answer, patience.Token);
        Assert.StartsWith("HTTP/1.1 413 ", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"inputs\":", "{\"a\":", "}", "not JSON of at most 32 levels")]
    [InlineData("", "[", "]", "the body is not an object")]
    [InlineData("{\"unit_id\":", "[", "]", "not JSON of at most 32 levels")]
    public async Task JSON_of_10000_levels_is_refused(string before, string open, string close, string problem)
    {
        await using var desk = await ServerDesk.StartAsync();
        string Repeat(string part) => string.Concat(Enumerable.Repeat(part, 10_000));
        var body = before + Repeat(open) + "1" + Repeat(close) + (before.Length > 0 ? "}" : "");
        var reply = (await desk.PostAsync("/v1/decisions/quote", body)).Bad(400, "HLY6004");
        Assert.StartsWith($": {problem}", reply.Errors[^1], StringComparison.Ordinal);
        (await desk.PostAsync("/v1/outcomes", body)).Bad(400, "HLY6004");
        (await desk.DecideAsync()).Good();
    }
}

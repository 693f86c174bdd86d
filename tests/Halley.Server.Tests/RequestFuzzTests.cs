using System.Text;
using System.Text.Json.Nodes;

namespace Halley.Server.Tests;

/// <summary>Sound requests, changed at random: each is served or refused in problem details, none ends in a 500, and memory stays.</summary>
/// <remarks>HALLEY_FUZZ_REQUESTS sets how many, HALLEY_FUZZ_SEED the first seed.</remarks>
public sealed class RequestFuzzTests
{
    const int Callers = 4;
    const long MostGrowth = 200L << 20;

    static readonly string[] Addresses =
    [
        "/v1/decisions/quote",
        "/v1/decisions/quote",
        "/v1/decisions/quote",
        "/v1/outcomes",
        "/v1/decisions/other",
    ];

    static readonly string[] Looks = ["/v1/log/", "/v1/decisions/", "/v1/overview?", "/v1/nothing/", "/v1/experiments?"];

    [Fact]
    public async Task Changed_requests_are_served_or_refused_in_words()
    {
        var requests = FuzzedBytes.Count("HALLEY_FUZZ_REQUESTS", 8_000);
        await using var desk = await ServerDesk.StartAsync();
        var id = (string)(await desk.DecideAsync(requestId: "r-0")).Good()["decision_id"]!;
        byte[][] bodies =
        [
            Bytes($$"""{"request_id":"r-1","unit_id":"u","explain":true,"inputs":{{Sample.Record}} }"""),
            Bytes($$"""{"purpose":"test","as_of":"2026-03-01","transaction":"renewal","inputs":{{Sample.Record}} }"""),
            Bytes($$"""{"inputs":{{Sample.Record}},"original_decision_id":"{{id}}","schema":"x"}"""),
            Bytes(
                $$"""{"outcomes":[{"outcome_id":"o","decision_id":"{{id}}","kind":"converted","value":1,"valuation_date":"2026-03-31"}]}"""
            ),
        ];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var statuses = new int[600];
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(caller => Task.Run(() => CallAsync(desk, bodies, caller, requests / Callers, statuses)))
        );
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < MostGrowth, $"{grown} bytes more are held after {requests} requests");
        // Some are sound still and some are not: a fuzzer that meets one door only proves little.
        Assert.True(statuses[200] > 0 && statuses[400] > 0 && statuses[404] > 0, Text(statuses));
        (await desk.DecideAsync(requestId: "r-last")).Good();
        Assert.True((await desk.Store.VerifyLogAsync()).IsWhole);
    }

    static async Task CallAsync(ServerDesk desk, byte[][] bodies, int caller, int count, int[] statuses)
    {
        for (var i = 0; i < count; i++)
        {
            var seed = FuzzedBytes.FirstSeed + caller + i * Callers;
            var random = new Random(seed);
            var body = FuzzedBytes.Of(bodies, random);
            var key = random.Next(4) == 0 ? $"key {random.Next(100)}" : null;
            var reply =
                random.Next(10) == 0
                    ? await desk.GetAsync(Looks[random.Next(Looks.Length)] + Uri.EscapeDataString(Part(body)))
                    : await desk.PostAsync(Addresses[random.Next(Addresses.Length)], body, key);
            Interlocked.Increment(ref statuses[reply.Status]);
            AssertInWords(reply, $"seed {seed}: {reply.Status} {reply.Text} for {Encoding.UTF8.GetString(body)}");
        }
    }

    /// <summary>A refusal is for the caller to mend, says how, and carries the id under which the server's log knows it.</summary>
    static void AssertInWords(Reply reply, string what)
    {
        Assert.True(reply.Status is 200 or (>= 400 and < 500), what);
        Assert.True(Guid.TryParse(reply.RequestId, out _), what);
        if (reply.Status == 200)
            return;
        Assert.True(reply.ContentType == "application/problem+json", what);
        var problem = JsonNode.Parse(reply.Text)!;
        Assert.True(problem["code"]?.ToString().StartsWith("HLY", StringComparison.Ordinal), what);
        Assert.True((string?)problem["request_id"] == reply.RequestId && (string?)problem["detail"] is { Length: > 0 }, what);
    }

    static string Part(byte[] body) => Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, 40));

    static string Text(int[] statuses) =>
        string.Join(
            ", ",
            Enumerable.Range(0, 600).Where(status => statuses[status] > 0).Select(status => $"{status}: {statuses[status]}")
        );

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

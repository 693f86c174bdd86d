using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Halley.Chaos;

/// <summary>Callers of a served decision, who send each key until it is answered and remember every answer.</summary>
sealed class Callers : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 512 })
    {
        Timeout = TimeSpan.FromMinutes(1),
    };
    readonly ConcurrentDictionary<string, bool> unanswered = new();
    int lastKey;

    /// <summary>Id and outputs by key.</summary>
    internal ConcurrentDictionary<string, (Guid Id, string Outputs)> Answers { get; } = new();

    /// <summary>Refusals by status and code, and how often.</summary>
    internal ConcurrentDictionary<string, int> Refusals { get; } = new();

    /// <summary>Asks side by side until the server is gone; what stayed without an answer is asked first.</summary>
    internal Task UntilGoneAsync(string address, int callers, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(address, stop), CancellationToken.None)));

    /// <summary>One request; false where the server is gone.</summary>
    internal async Task<bool> AskAsync(string address, string key)
    {
        var number = int.Parse(key, CultureInfo.InvariantCulture) % 1000;
        unanswered[key] = true;
        try
        {
            var body = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"request_id":"{{key}}","unit_id":"{{key}}","inputs":{"number":{{number}} } }"""
            );
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(new Uri($"{address}/v1/decisions/quote"), content);
            var text = await response.Content.ReadAsStringAsync();
            Heard(key, (int)response.StatusCode, JsonNode.Parse(text)!);
            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => client.Dispose();

    async Task CallAsync(string address, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await AskAsync(address, NextKey())) { }
    }

    string NextKey()
    {
        foreach (var (key, _) in unanswered)
        {
            if (unanswered.TryRemove(key, out _))
                return key;
        }
        return Interlocked.Increment(ref lastKey).ToString(CultureInfo.InvariantCulture);
    }

    void Heard(string key, int status, JsonNode answer)
    {
        if (status != 200)
        {
            Assert.True(status is 429 or 503, answer.ToJsonString());
            Assert.False(string.IsNullOrEmpty((string?)answer["request_id"]), answer.ToJsonString());
            Refusals.AddOrUpdate($"{status} {answer["code"]}", 1, (_, before) => before + 1);
            return;
        }
        var (id, outputs) = (Guid.Parse((string)answer["decision_id"]!), answer["outputs"]!.ToJsonString());
        var first = Answers.GetOrAdd(key, (id, outputs));
        Assert.Equal(first, (id, outputs));
        unanswered.TryRemove(key, out _);
    }
}

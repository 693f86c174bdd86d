using System.Globalization;
using System.Text;
using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Heads as objects of an S3 bucket: <c>prefix/WRITER.json</c>, and <c>prefix/index/NUMBER</c>, which names the writers one after the other.</summary>
/// <remarks>
/// The index stands in place of a listing, so that the rights to get and to put are all that a server needs; a bucket that keeps versions, or
/// another account's, holds what this server cannot take back.
/// </remarks>
public sealed class S3HeadStore : IHeadStore, IDisposable
{
    readonly Lock gate = new();
    readonly S3Client client;
    readonly HttpClient http;
    readonly HashSet<Guid> indexed = [];

    /// <param name="variable">Reads an environment variable: credentials come from there.</param>
    /// <param name="handler">For tests; null for the network.</param>
    public S3HeadStore(S3Place place, TimeProvider time, Func<string, string?> variable, HttpMessageHandler? handler = null)
    {
        http = new(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) });
        client = new(place, new(http, time, variable), http, time);
    }

    public void Keep(LogHead head)
    {
        lock (gate)
            Wait(KeepAsync(head));
    }

    public IReadOnlyList<LogHead> Heads() => Wait(HeadsAsync());

    public void Dispose() => http.Dispose();

    async Task<bool> KeepAsync(LogHead head)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(head, RegistryJson.Default.LogHead);
        await client.PutAsync(KeyOf(head.Writer), content, replace: true, CancellationToken.None).ConfigureAwait(false);
        // The head before its place in the index: a crash between leaves a head that nobody misses, never a place without a head.
        if (!indexed.Contains(head.Writer))
            await IndexAsync(head.Writer).ConfigureAwait(false);
        return indexed.Add(head.Writer);
    }

    /// <summary>Takes the first free number for a writer; of two that take one at once, one goes on to the next.</summary>
    async Task IndexAsync(Guid writer)
    {
        var number = await LastAsync().ConfigureAwait(false) + 1;
        var name = Encoding.ASCII.GetBytes(writer.ToString());
        while (!await client.PutAsync(IndexOf(number), name, replace: false, CancellationToken.None).ConfigureAwait(false))
            number++;
    }

    /// <summary>The last number taken, 0 for none: by doubling, then by halves.</summary>
    async Task<long> LastAsync()
    {
        var (taken, free) = (0L, 1L);
        while (await client.ExistsAsync(IndexOf(free), CancellationToken.None).ConfigureAwait(false))
            (taken, free) = (free, 2 * free);
        while (free - taken > 1)
        {
            var middle = (taken + free) / 2;
            if (await client.ExistsAsync(IndexOf(middle), CancellationToken.None).ConfigureAwait(false))
                taken = middle;
            else
                free = middle;
        }
        return taken;
    }

    async Task<IReadOnlyList<LogHead>> HeadsAsync()
    {
        var heads = new Dictionary<Guid, LogHead>();
        for (var number = 1L; ; number++)
        {
            var name = await client.GetAsync(IndexOf(number), CancellationToken.None).ConfigureAwait(false);
            if (name is null)
                return [.. heads.Values];
            var writer = Guid.TryParse(Encoding.UTF8.GetString(name), out var id)
                ? id
                : throw Unreadable(IndexOf(number), "it names no writer", null);
            if (!heads.ContainsKey(writer))
                heads.Add(writer, await ReadAsync(writer).ConfigureAwait(false));
        }
    }

    async Task<LogHead> ReadAsync(Guid writer)
    {
        var content =
            await client.GetAsync(KeyOf(writer), CancellationToken.None).ConfigureAwait(false)
            ?? throw Unreadable(KeyOf(writer), "it is not there, and the index names it", null);
        try
        {
            return JsonSerializer.Deserialize(content, RegistryJson.Default.LogHead) ?? throw new JsonException("it holds null");
        }
        catch (JsonException inner)
        {
            throw Unreadable(KeyOf(writer), inner.Message.TrimEnd('.'), inner);
        }
    }

    static string KeyOf(Guid writer) => $"{writer}.json";

    static string IndexOf(long number) => string.Create(CultureInfo.InvariantCulture, $"index/{number:D10}");

    /// <remarks>Heads are kept by a thread of the timer's and at start and end, where nothing else waits for it.</remarks>
    static T Wait<T>(Task<T> work) => work.GetAwaiter().GetResult();

    static HalleyException Unreadable(string key, string why, Exception? inner) =>
        new(
            "HLY5406",
            $"the object '{key}' holds no head of the decision log: {why}. Restore it from an earlier version of the bucket.",
            FaultKind.CheckFailed,
            inner
        );
}

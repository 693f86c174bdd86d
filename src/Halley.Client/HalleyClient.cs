using System.Net.Http.Headers;
using System.Text.Json;

namespace Halley.Client;

/// <summary>Asks a decision server. One for the whole program: safe to share between threads.</summary>
/// <remarks>
/// Each request has a key, the caller's or a new one, and every attempt sends the same bytes under it: however often the network
/// or the server fails on the way, the server decides and logs once. Retried: no connection, no answer in time, and the
/// statuses 408, 429, 500, 502, 503 and 504; the pause is at least what Retry-After asks for.
/// </remarks>
public sealed class HalleyClient : IDisposable
{
    const string KeyHeader = "Idempotency-Key";

    readonly HalleyClientOptions options;
    readonly TimeProvider clock;
    readonly HttpClient http;

    /// <param name="options">Copied: later changes are not seen.</param>
    /// <param name="handler">Sends the requests, and is disposed of with the client; null takes a new one.</param>
    /// <param name="clock">Measures attempts and pauses; null takes the system's.</param>
    /// <exception cref="ArgumentException">The options are wrong; all problems at once.</exception>
    public HalleyClient(HalleyClientOptions options, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        this.options = options with { };
        this.clock = clock ?? TimeProvider.System;
        // Connections are renewed, so that a server behind the name that moved is found again.
        http = new(handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            BaseAddress = options.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Asks for a decision.</summary>
    /// <exception cref="RequestRefusedException">The request is wrong; every wrong field is named.</exception>
    /// <exception cref="DecisionNotLiveException">No decision of this name is live.</exception>
    /// <exception cref="KeyReusedException">The key belongs to another request.</exception>
    /// <exception cref="AccessRefusedException">The caller is unknown, or may not do this.</exception>
    /// <exception cref="HalleyUnavailableException">No attempt got an answer, and there is no local fallback.</exception>
    public async Task<DecisionAnswer> DecideAsync(
        string decision,
        DecisionRequest request,
        CancellationToken cancellation = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(decision);
        ArgumentNullException.ThrowIfNull(request);
        var key = request.Key ?? Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        try
        {
            var address = $"v1/decisions/{Uri.EscapeDataString(decision)}";
            return await SendAsync(address, Bodies.Write(request), key, Bodies.ReadAnswer, cancellation).ConfigureAwait(false);
        }
        catch (HalleyUnavailableException problem) when (options.Fallback is { } fallback)
        {
            var answer = await fallback(decision, request with { Key = key }, problem, cancellation).ConfigureAwait(false);
            return answer with { IsLocal = true, DecisionId = null };
        }
    }

    /// <summary>Tells the server what happened later. Outcomes sent again count once, by their ids.</summary>
    /// <exception cref="RequestRefusedException">An outcome is wrong; none was taken.</exception>
    /// <exception cref="HalleyUnavailableException">No attempt got an answer; send the same outcomes again.</exception>
    public Task<OutcomesReceipt> SendOutcomesAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return SendAsync("v1/outcomes", Bodies.Write(outcomes), key: null, Bodies.ReadReceipt, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    internal static void Check(HalleyClientOptions options)
    {
        var problems = options.Validate();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
    }

    async Task<T> SendAsync<T>(
        string address,
        byte[] body,
        string? key,
        Func<ReadOnlyMemory<byte>, T> read,
        CancellationToken cancellation
    )
    {
        using var total = new CancellationTokenSource(options.TotalTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellation);
        var (attempt, pause, last) = (0, options.Pause, (Exception?)null);
        try
        {
            while (true)
            {
                attempt++;
                var (answer, problem, wait) = await AskAsync(address, body, key, either.Token).ConfigureAwait(false);
                if (answer is not null)
                    return Read(answer, read);
                last = problem;
                if (attempt == options.Attempts)
                    break;
                await Task.Delay(wait > pause ? wait : pause, clock, either.Token).ConfigureAwait(false);
                pause *= 2;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // All the time is used up: said below, with the last problem known.
        }
        throw Unavailable(key, attempt, last);
    }

    static T Read<T>(byte[] answer, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (Exception problem)
            when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HalleyClientException("What answered is no Halley server of this version. Check Address.", problem);
        }
    }

    /// <summary>One attempt: the answer's bytes, or why there is none and how long the server asks to wait.</summary>
    async Task<(byte[]? Answer, Exception? Problem, TimeSpan Wait)> AskAsync(
        string address,
        byte[] body,
        string? key,
        CancellationToken cancellation
    )
    {
        using var time = new CancellationTokenSource(options.AttemptTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            using var request = Request(address, body, key);
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return (bytes, null, default);
            var status = (int)response.StatusCode;
            var problem = Problems.Read(status, bytes);
            return status is 408 or 429 or 500 or 502 or 503 or 504
                ? (null, problem, response.Headers.RetryAfter?.Delta ?? default)
                : throw problem;
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return (null, problem, default);
        }
        catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            return (
                null,
                new TimeoutException($"No answer within {options.AttemptTime.TotalSeconds:0.###} s.", problem),
                default
            );
        }
    }

    HttpRequestMessage Request(string address, byte[] body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
            request.Headers.Add(KeyHeader, key);
        if (options.ApiKey is { } caller)
            request.Headers.Add("Halley-Key", caller);
        return request;
    }

    HalleyUnavailableException Unavailable(string? key, int attempts, Exception? last)
    {
        var known = last as HalleyClientException;
        var again = key is null
            ? "Send the same outcomes again: none counts twice."
            : $"Whether it was logged is not known: the same request with the key '{key}' gives that decision, and no second one.";
        return new($"{options.Address} gave no answer in {attempts} attempts. {last?.Message} {again}", last)
        {
            Key = key ?? "",
            Attempts = attempts,
            Code = known?.Code,
            Status = known?.Status,
            RequestId = known?.RequestId,
            Remedy = again,
        };
    }
}

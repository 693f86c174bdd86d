namespace Halley.Client.Tests;

/// <summary>The network between a client and a desk's server: passes requests on, or spoils them in a given order.</summary>
sealed class Weather(ServerDesk desk) : HttpMessageHandler
{
    readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> faults = new();

    /// <summary>Requests that the client sent, spoiled ones included.</summary>
    public int Sent { get; private set; }

    /// <summary>Keys of the requests, in their order.</summary>
    public List<string?> Keys { get; } = [];

    /// <summary>The next request reaches the server, and its answer is lost.</summary>
    public Weather LosesAnswer() => LosesAnswerAfter(() => Task.CompletedTask);

    /// <summary>The same, and something happens to the server before the client hears of it.</summary>
    public Weather LosesAnswerAfter(Func<Task> happens)
    {
        faults.Enqueue(
            async (request, cancellation) =>
            {
                using var lost = await PassAsync(request, cancellation);
                await happens();
                throw new HttpRequestException("The connection was cut.");
            }
        );
        return this;
    }

    /// <summary>The next request reaches the server, and its answer never comes.</summary>
    public Weather HoldsAnswer()
    {
        faults.Enqueue(
            async (request, cancellation) =>
            {
                using var held = await PassAsync(request, CancellationToken.None);
                await Task.Delay(Timeout.Infinite, cancellation);
                throw new InvalidOperationException("an infinite wait ended");
            }
        );
        return this;
    }

    /// <summary>The next request is answered with a status before it reaches the server.</summary>
    public Weather Answers(int status)
    {
        faults.Enqueue((_, _) => Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)status)));
        return this;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent++;
        Keys.Add(request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null);
        return faults.TryDequeue(out var fault) ? fault(request, cancellationToken) : PassAsync(request, cancellationToken);
    }

    /// <summary>To the server's address of now: a server that was started again has another.</summary>
    async Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var copy = new HttpRequestMessage(
            request.Method,
            new Uri(desk.Client.BaseAddress!, request.RequestUri!.AbsolutePath)
        )
        {
            Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellation)),
        };
        foreach (var header in request.Headers)
            copy.Headers.Add(header.Key, header.Value);
        return await desk.Client.SendAsync(copy, cancellation);
    }
}

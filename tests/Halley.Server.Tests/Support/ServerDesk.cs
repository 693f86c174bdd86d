using System.Text;
using Halley.Decisions;
using Halley.Models;
using Halley.Registry;
using Microsoft.AspNetCore.Builder;

namespace Halley.Server.Tests;

/// <summary>A store of one test with releases, and a server on it that can be started again.</summary>
sealed class ServerDesk : IAsyncDisposable
{
    const string Environment = "production";
    static readonly Actor Alice = Actor.Unverified("alice");

    readonly TemporaryFolder folder = new();
    readonly Func<ServerOptions, ServerOptions> configure;
    WebApplication? server;

    ServerDesk(Func<ServerOptions, ServerOptions>? configure, StorePlaces? places = null)
    {
        this.configure = configure ?? (options => options);
        Places = places ?? new();
        Store = new(folder.Path, Places, TimeProvider.System);
    }

    public StorePlaces Places { get; }

    public LocalStore Store { get; }

    public string Folder => folder.Path;

    public HttpClient Client { get; private set; } = new();

    public WebApplication Server => server ?? throw new InvalidOperationException("the server is not started");

    /// <summary>A store with the sample's models and a champion, not yet served.</summary>
    public static async Task<ServerDesk> PrepareAsync(
        DecisionDefinition? champion = null,
        Func<ServerOptions, ServerOptions>? configure = null,
        StorePlaces? places = null
    )
    {
        var desk = new ServerDesk(configure, places);
        foreach (var model in new[] { Sample.Count, Sample.Strict })
            await desk.Store.Registry.RegisterModelAsync(model.Name, Artefact.ToBytes(model), Alice);
        await desk.PromoteAsync(champion ?? Sample.Quote);
        return desk;
    }

    /// <summary>The same, served.</summary>
    public static async Task<ServerDesk> StartAsync(
        DecisionDefinition? champion = null,
        Func<ServerOptions, ServerOptions>? configure = null
    )
    {
        var desk = await PrepareAsync(champion, configure);
        await desk.StartServerAsync();
        return desk;
    }

    /// <summary>Another server over what this one's places hold, with a folder of its own.</summary>
    public async Task<ServerDesk> StartAnotherAsync()
    {
        var desk = new ServerDesk(configure, Places);
        await desk.StartServerAsync();
        return desk;
    }

    /// <summary>Releases a definition and gives it a place; a running server takes it up by itself.</summary>
    public async Task<VersionId> PromoteAsync(
        DecisionDefinition definition,
        ReleaseRole role = ReleaseRole.Champion,
        double share = 0,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? tables = null
    )
    {
        var (release, _) = await Store.Registry.ReleaseAsync(
            new()
            {
                Decision = definition.Name,
                Definition = DecisionJson.ToBytes(definition),
                Models = [.. definition.Models.Select(model => model.Reference)],
                Tables = tables ?? new Dictionary<string, ReadOnlyMemory<byte>>(),
                By = Alice,
            }
        );
        var draft = new PromotionDraft
        {
            Environment = Environment,
            Release = release.Id,
            Role = role,
            Share = share,
            By = Alice,
            Why = "test",
        };
        await Store.Registry.PromoteAsync(draft, new());
        return release.Id;
    }

    public async Task StartServerAsync()
    {
        var options = configure(
            new()
            {
                Store = folder.Path,
                Places = Places,
                Environment = Environment,
                Address = "http://127.0.0.1:0",
                Refresh = TimeSpan.FromMilliseconds(20),
            }
        );
        server = DecisionServer.Build(options, TimeProvider.System);
        await server.StartAsync();
        await DecisionServer.ReadyAsync(server, TestContext.Current.CancellationToken);
        Client.Dispose();
        Client = new() { BaseAddress = new(server.Urls.First()) };
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartServerAsync();
    }

    /// <summary>Posts a request for a decision with these inputs.</summary>
    public Task<Reply> DecideAsync(string inputs = Sample.Record, string? requestId = null, bool explain = false)
    {
        var key = requestId is null ? "" : $"\"request_id\":\"{requestId}\",";
        return PostAsync("/v1/decisions/quote", $$"""{{{key}}"explain":{{(explain ? "true" : "false")}},"inputs":{{inputs}}}""");
    }

    public Task<Reply> PostAsync(string address, string body, string? key = null) =>
        PostAsync(address, Encoding.UTF8.GetBytes(body), key);

    public async Task<Reply> PostAsync(string address, byte[] body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request);
    }

    public async Task<Reply> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }

    /// <summary>Repeats a request until it shows what is waited for; fails after ten seconds.</summary>
    public async Task<Reply> UntilAsync(Func<Task<Reply>> ask, Func<Reply, bool> isThere)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var reply = await ask();
            if (isThere(reply))
                return reply;
            Assert.False(patience.IsCancellationRequested, $"not seen in ten seconds; the last answer: {reply.Text}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until every alert has been taken; fails after twenty seconds.</summary>
    public async Task UntilDeliveredAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await Store.Registry.AlertsAsync(Environment, patience.Token)).Any(one => one.Delivered is null))
            await Task.Delay(20, patience.Token);
    }

    /// <summary>Waits until each shadow has seen what was decided.</summary>
    public Task ShadowsDoneAsync() => DecisionServer.ShadowsDoneAsync(Server, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        await Store.DisposeAsync();
        folder.Dispose();
    }

    async Task StopAsync()
    {
        if (server is null)
            return;
        await server.StopAsync();
        await server.DisposeAsync();
        server = null;
    }
}

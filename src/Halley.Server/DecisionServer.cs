using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>The decision server: builds the host and maps the addresses.</summary>
public static class DecisionServer
{
    /// <summary>Builds a server that is ready to run.</summary>
    /// <param name="extend">Adds endpoints, such as the pages of the workbench; null for none.</param>
    /// <exception cref="HalleyException">HLY6000: the settings; HLY5001 to HLY5008: the store.</exception>
    public static WebApplication Build(ServerOptions options, TimeProvider clock, Action<WebApplication>? extend = null)
    {
        var problems = options.Validate();
        if (problems.Count > 0)
            throw new HalleyException("HLY6000", $"the server can't start: {string.Join(' ', problems)}");
        // Settings come from the options alone: no file beside the store is read, and none is watched, which would wake at every write to the log.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                Args = ["--hostBuilder:reloadConfigOnChange=false"],
            }
        );
        Listening.SetUp(builder, options);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A failed start is thrown to the caller, who has a message for people; the workers log their own faults.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        AddServices(builder.Services, options, clock);
        var app = builder.Build();
        var faults = app.Services.GetRequiredService<Faults>();
        var drain = app.Services.GetRequiredService<DrainState>();
        app.Use(next => context => RequestIds.AddAsync(context, next, clock, drain));
        app.Use(next => context => faults.GuardAsync(context, next));
        var guard = app.Services.GetRequiredService<AccessGuard>();
        app.Use(next => context => guard.GuardAsync(context, next));
        if (app.Services.GetService<RateGuard>() is { } rates)
            app.Use(next => context => rates.GuardAsync(context, next));
        Map(app);
        extend?.Invoke(app);
        return app;
    }

    /// <summary>Waits until the server has read what is live and can decide.</summary>
    /// <exception cref="HalleyException">What keeps it from deciding.</exception>
    public static async Task ReadyAsync(WebApplication server, CancellationToken cancellation)
    {
        var routes = server.Services.GetRequiredService<LiveRoutes>();
        while (!routes.IsReady)
        {
            if (routes.Problem is { } problem)
                throw new HalleyException("HLY6008", $"the server can't decide: {problem}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    /// <summary>Waits until the shadows have seen every request that was decided before the call.</summary>
    public static async Task ShadowsDoneAsync(WebApplication server, CancellationToken cancellation)
    {
        var shadows = server.Services.GetRequiredService<ShadowRunner>();
        while (shadows.Waiting > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
    }

    /// <summary>How the shadows' answers compare with those given since the server's start.</summary>
    public static IReadOnlyList<ShadowLine> Shadows(WebApplication server) =>
        server.Services.GetRequiredService<ShadowTally>().Lines();

    static void AddServices(IServiceCollection services, ServerOptions options, TimeProvider clock)
    {
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(_ => new LocalStore(options.Store, options.Places, clock));
        services.AddSingleton(provider => provider.GetRequiredService<LocalStore>().Registry);
        services.AddSingleton(provider => provider.GetRequiredService<LocalStore>().OpenLog());
        services.AddSingleton(provider => new ReleaseLoader(
            provider.GetRequiredService<ReleaseRegistry>(),
            provider.GetRequiredService<LocalStore>().Artefacts
        ));
        services.AddSingleton<Traffic>();
        services.AddSingleton<ShadowTally>();
        services.AddSingleton<Faults>();
        services.AddSingleton<ReleaseRouter>();
        services.AddSingleton<DecisionService>();
        services.AddSingleton<InferenceModels>();
        Listening.AddServices(services, options);
        services.AddSingleton(new TokenReader(options.Access, clock));
        services.AddSingleton<AccessGuard>();
        AddWorker<KeyRing>(services);
        services.AddSingleton(provider => new CanaryGuardian(
            provider.GetRequiredService<ReleaseRegistry>(),
            provider.GetRequiredService<LocalStore>().LogReader,
            provider.GetRequiredService<ReleaseLoader>(),
            options.Environment,
            clock
        ));
        AddWorker<LiveRoutes>(services);
        AddWorker<CanaryKeeper>(services);
        AddWorker<MonitorKeeper>(services);
        AddWorker<AlertSender>(services);
        AddWorker<ShadowRunner>(services);
        AddWorker<OverviewService>(services);
        Exports.Add(services);
    }

    static void AddWorker<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(
            System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors
        )]
            T
    >(IServiceCollection services)
        where T : BackgroundService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    static void Map(WebApplication app)
    {
        app.MapPost(
            "/v1/decisions/{name}",
            (HttpContext context, string name, DecisionService decisions, ServerOptions options) =>
                DecideEndpoint.HandleAsync(context, name, decisions, options)
        );
        app.MapGet("/v1/decisions", (HttpContext context, LiveRoutes routes) => CatalogEndpoint.ListAsync(context, routes));
        app.MapGet(
            "/v1/decisions/{name}",
            (HttpContext context, string name, LiveRoutes routes) => CatalogEndpoint.ShowAsync(context, name, routes)
        );
        app.MapGet(
            "/v1/log/{decisionId}",
            (HttpContext context, string decisionId, LocalStore store) => LogEndpoint.HandleAsync(context, decisionId, store)
        );
        app.MapPost(
            "/v1/outcomes",
            (HttpContext context, DecisionLog log, ServerOptions options) => OutcomesEndpoint.HandleAsync(context, log, options)
        );
        app.MapGet(
            "/v1/overview",
            (HttpContext context, OverviewService overview) => OverviewEndpoint.HandleAsync(context, overview)
        );
        app.MapGet(
            "/v1/experiments",
            (HttpContext context, OverviewService overview) => TrialsEndpoint.ExperimentsAsync(context, overview)
        );
        app.MapGet(
            "/v1/canaries",
            (HttpContext context, OverviewService overview) => TrialsEndpoint.CanariesAsync(context, overview)
        );
        app.MapGet("/v1/monitor", (HttpContext context, MonitorKeeper keeper) => MonitorEndpoint.HandleAsync(context, keeper));
        app.MapGet(
            "/openapi.json",
            (HttpContext context, LiveRoutes routes, InferenceModels models) =>
                CatalogEndpoint.OpenApiAsync(context, routes, models)
        );
        InferenceEndpoints.Map(app);
        app.MapGet("/health/live", (HttpContext context) => HealthEndpoint.LiveAsync(context));
        app.MapGet(
            "/health/ready",
            (HttpContext context, Readiness readiness, LiveRoutes routes, DecisionLog log) =>
                HealthEndpoint.ReadyAsync(context, readiness, routes, log)
        );
        app.MapPrometheusScrapingEndpoint();
    }
}

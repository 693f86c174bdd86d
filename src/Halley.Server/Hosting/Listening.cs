using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Halley.Server;

/// <summary>Sets up the web server: its address, limits and certificate.</summary>
static class Listening
{
    // What runs when the listening ends may take this long before it is cut off.
    static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(25);

    public static void SetUp(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseUrls(options.Address);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bodies are limited by the endpoints, which answer with problem details.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.RequestHeadersTimeout = options.Hosting.RequestTime;
            if (options.Hosting.Certificate is not null)
                Secure(kestrel);
        });
        if (options.Hosting.Certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
    }

    public static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = LastRequests);
        services.AddSingleton<IHostLifetime, DrainLifetime>();
        services.AddSingleton<DrainState>();
        services.AddSingleton<Readiness>();
        if (options.Hosting.RequestRate is { } rate)
            services.AddSingleton(new RateGuard(rate, options.Hosting.Burst));
        if (options.Hosting.Certificate is not null)
        {
            services.AddSingleton<CertificateKeeper>();
            services.AddHostedService(provider => provider.GetRequiredService<CertificateKeeper>());
        }
    }

    static void Secure(KestrelServerOptions kestrel)
    {
        var keeper = kestrel.ApplicationServices.GetRequiredService<CertificateKeeper>();
        _ = keeper.Current;
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificateSelector = (_, _) => keeper.Current.TargetCertificate;
            // The selector shows the certificate alone; the context sends its chain, too.
            https.OnAuthenticate = (_, connection) =>
                (connection.ServerCertificateSelectionCallback, connection.ServerCertificateContext) = (null, keeper.Current);
        });
    }
}

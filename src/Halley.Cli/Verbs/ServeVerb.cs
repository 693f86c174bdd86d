using System.CommandLine;
using Halley.Server;
using Halley.Workbench;
using Microsoft.Extensions.Hosting;

namespace Halley.Cli;

/// <summary><c>halley serve --in ENVIRONMENT</c></summary>
sealed class ServeVerb() : Verb("serve", "Serve an environment's live decisions over HTTP, with the page at /.")
{
    readonly Option<string> environment = new("--in")
    {
        Description = "Environment. Default production.",
        DefaultValueFactory = _ => "production",
    };
    readonly Option<string?> address = new("--address") { Description = "Address to listen on. Default http://127.0.0.1:5480." };
    readonly Option<bool> simulated = new("--simulated") { Description = "Requests are generated; records and figures say so." };

    readonly Option<bool> requireKeys = new("--require-keys")
    {
        Description = "Answer only requests with a key (halley key create) or a token, by the roles it has.",
    };
    readonly Option<string?> keySet = new("--token-keys")
    {
        Description = "File with the key set (JWKS) whose tokens are believed.",
    };
    readonly Option<string?> issuer = new("--token-issuer") { Description = "Issuer that tokens must name." };
    readonly Option<string?> audience = new("--token-audience") { Description = "Audience that tokens must name." };
    readonly Option<string?> roleClaim = new("--token-roles")
    {
        Description = "Claim of a token that holds its roles. Default roles.",
    };

    readonly Option<double?> drain = new("--drain-seconds")
    {
        Description = "How long requests are still served after SIGTERM, 0 to 60. Default 5.",
    };
    readonly Option<double?> rate = new("--request-rate")
    {
        Description = "Requests a second that each caller may send. Default: no limit.",
    };
    readonly Option<int?> burst = new("--request-burst")
    {
        Description = "Requests that a caller may send at once. Default: those of two seconds.",
    };
    readonly Option<double?> time = new("--request-seconds")
    {
        Description = "How long a request may take, 0.1 to 600. Default 30.",
    };
    readonly Option<int?> bodyBytes = new("--maximum-body-bytes") { Description = "Largest request. Default 1048576." };
    readonly Option<string?> certificate = new("--certificate")
    {
        Description = "PEM file with the certificate and its chain, for an https address; read again when it changes.",
    };
    readonly Option<string?> certificateKey = new("--certificate-key")
    {
        Description = "PEM file with the certificate's private key. Default: the certificate's own file.",
    };

    protected override IEnumerable<Symbol> Symbols =>
        [
            environment,
            address,
            simulated,
            requireKeys,
            keySet,
            issuer,
            audience,
            roleClaim,
            drain,
            rate,
            burst,
            time,
            bodyBytes,
            certificate,
            certificateKey,
        ];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using (var store = project.OpenStore())
            await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
        var options = new ServerOptions
        {
            Store = project.StoreFolder,
            Places = project.StorePlaces,
            Environment = context.Get(environment)!,
            Simulated = context.Get(simulated),
            Access = AccessOf(context),
            Monitoring = MonitorOptions.FromEnvironment(),
        };
        options = HostedBy(options.WithVariables(), context);
        await using var app = DecisionServer.Build(options, context.Clock, pages => pages.MapWorkbench());
        await app.StartAsync(context.Cancellation);
        context.Output.Write(
            new { options.Address, options.Environment },
            console => console.WriteLine($"serving {options.Environment} at {options.Address} (Ctrl-C stops)")
        );
        // The server hears the signals itself: it drains before it ends.
        await app.WaitForShutdownAsync(CancellationToken.None);
        return ExitStatus.Passed;
    }

    /// <summary>What the options of the network side say, and the environment where they say nothing.</summary>
    ServerOptions HostedBy(ServerOptions options, CommandContext context)
    {
        var hosting = options.Hosting;
        return options with
        {
            Address = context.Get(address) ?? options.Address,
            MaximumBodyBytes = context.Get(bodyBytes) ?? options.MaximumBodyBytes,
            Hosting = hosting with
            {
                Drain = SecondsOf(context.Get(drain)) ?? hosting.Drain,
                RequestRate = context.Get(rate) ?? hosting.RequestRate,
                RequestBurst = context.Get(burst) ?? hosting.RequestBurst,
                RequestTime = SecondsOf(context.Get(time)) ?? hosting.RequestTime,
                Certificate = context.Get(certificate) ?? hosting.Certificate,
                CertificateKey = context.Get(certificateKey) ?? hosting.CertificateKey,
            },
        };
    }

    static TimeSpan? SecondsOf(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(Math.Clamp(given, -1, 1e6)) : null;

    /// <summary>What the options say, and the environment where they say nothing.</summary>
    AccessOptions AccessOf(CommandContext context)
    {
        var access = AccessOptions.FromEnvironment();
        return access with
        {
            Required = access.Required || context.Get(requireKeys) || context.Get(keySet) is not null,
            KeySet = context.Get(keySet) ?? access.KeySet,
            Issuer = context.Get(issuer) ?? access.Issuer,
            Audience = context.Get(audience) ?? access.Audience,
            RoleClaim = context.Get(roleClaim) ?? access.RoleClaim,
        };
    }
}

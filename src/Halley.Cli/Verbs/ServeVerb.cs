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

    protected override IEnumerable<Symbol> Symbols =>
        [environment, address, simulated, requireKeys, keySet, issuer, audience, roleClaim];

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
        if (context.Get(address) is { } listen)
            options = options with { Address = listen };
        await using var app = DecisionServer.Build(options, context.Clock, pages => pages.MapWorkbench());
        await app.StartAsync(context.Cancellation);
        context.Output.Write(
            new { options.Address, options.Environment },
            console => console.WriteLine($"serving {options.Environment} at {options.Address} (Ctrl-C stops)")
        );
        await app.WaitForShutdownAsync(context.Cancellation);
        return ExitStatus.Passed;
    }

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

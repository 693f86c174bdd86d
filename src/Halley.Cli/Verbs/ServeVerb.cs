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

    protected override IEnumerable<Symbol> Symbols => [environment, address, simulated];

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
}

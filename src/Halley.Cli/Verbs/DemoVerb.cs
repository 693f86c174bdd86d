using System.CommandLine;
using System.Globalization;
using Halley.Data;

namespace Halley.Cli;

/// <summary><c>halley demo</c>: the whole road, from data to what each decision earned.</summary>
sealed class DemoVerb()
    : Verb("demo", "Walk the whole road: data, six models, comparison, release, shadow, gates, live decisions, value.")
{
    readonly Option<int> policies = new("--policies")
    {
        Description = "Policies to generate. Default 100,000.",
        DefaultValueFactory = _ => 100_000,
    };
    readonly Option<string?> data = new("--data")
    {
        Description =
            "Folder with a data.yaml of your own data, in place of a generated portfolio; a draft is written where there is none.",
    };
    readonly Option<ulong> seed = new("--seed")
    {
        Description = "Same seed, same data. Default 1.",
        DefaultValueFactory = _ => 1,
    };
    readonly Option<string> folder = new("--out")
    {
        Description = "Folder of the demo's project. Default: halley-demo.",
        DefaultValueFactory = _ => "halley-demo",
    };
    readonly Option<string> address = new("--address")
    {
        Description = "Address of the live server.",
        DefaultValueFactory = _ => "http://127.0.0.1:5480",
    };
    readonly Option<bool> exit = new("--exit") { Description = "Stop the server and end after the summary." };

    protected override IEnumerable<Symbol> Symbols => [data, policies, seed, folder, address, exit];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        if (context.Get(policies) is < 10_000 or > 10_000_000)
            throw new HalleyException("HLY7086", $"--policies {context.Get(policies)}: choose 10,000 to 10,000,000.");
        var options = new DemoOptions
        {
            Data = context.Get(data) is { } own ? Path.GetFullPath(own) : null,
            Policies = context.Get(policies),
            Seed = context.Get(seed),
            Folder = Path.GetFullPath(context.Get(folder)!),
            Address = context.Get(address)!,
        };
        await using var run = new DemoRun(options, context);
        var summary = await run.RunAsync();
        context.Output.Write(
            context.Get(exit) ? summary with { Page = null } : summary,
            console => DemoPrinter.Draw(console, summary)
        );
        if (!context.Get(exit) && summary.Page is not null)
        {
            context.Output.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The server is up: open {options.Address} to look around. Ctrl-C stops it."
                )
            );
            await run.WaitAsync();
        }
        return summary.Refused.Count == 0 ? ExitStatus.Passed : ExitStatus.CheckFailed;
    }
}

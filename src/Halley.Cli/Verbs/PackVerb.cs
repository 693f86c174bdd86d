using System.CommandLine;
using System.Text;
using Halley.Reports;

namespace Halley.Cli;

/// <summary><c>halley pack RELEASE --for ENVIRONMENT</c></summary>
sealed class PackVerb()
    : Verb("pack", "Write the committee's paper for a release: one printable page, the same bytes for the same release.")
{
    readonly Argument<string> release = new("release")
    {
        Description = "For example motor-quote@2, motor-quote@latest, or motor-quote@production: the champion there.",
    };
    readonly Option<string> environment = new("--for")
    {
        Description = "Environment that it was asked for. Default production.",
        DefaultValueFactory = _ => "production",
    };
    readonly Option<string?> portfolio = new("--portfolio") { Description = "Table or file whose premiums are shown." };
    readonly Option<string?> result = new("--out") { Description = "HTML file to write. Default RELEASE.html, with - for @." };

    protected override IEnumerable<Symbol> Symbols => [release, environment, portfolio, result];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var id = await ReleaseNames.FindAsync(store, context.Get(release), context.Cancellation);
        await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
        await store.Registry.FindReleaseAsync(id, context.Cancellation);
        var paper = await context.WithProgressAsync(
            "pack",
            progress =>
                Packing.PaperAsync(
                    project,
                    store,
                    id,
                    context.Get(environment)!,
                    context.Get(portfolio),
                    progress,
                    context.Cancellation
                )
        );
        var path = context.Get(result) ?? $"{id.Name}-{id.Version}.html";
        await File.WriteAllTextAsync(path, CommitteePage.Write(paper), new UTF8Encoding(false), context.Cancellation);
        context.Output.Write(
            new
            {
                Release = id.ToString(),
                Path = path,
                paper.IsReady,
                paper.Verdict,
            },
            console => console.WriteLine($"written to {path}. {paper.Verdict}")
        );
        return ExitStatus.Passed;
    }
}

using System.CommandLine;

namespace Halley.Cli;

/// <summary><c>halley review RELEASE --in ENVIRONMENT --out PATH</c></summary>
sealed class ReviewVerb()
    : Verb(
        "review",
        "What a release changes against an environment's champion, for a pull request: Markdown for a comment, and a page."
    )
{
    readonly Argument<string> release = new("release") { Description = "For example motor-quote@latest." };
    readonly Option<string> environment = new("--in")
    {
        Description = "Environment whose champion and gates it is held against. Default dev.",
        DefaultValueFactory = _ => "dev",
    };
    readonly Option<string?> portfolio = new("--portfolio") { Description = "Table or file whose answers are compared." };
    readonly Option<string> result = new("--out")
    {
        Description = "Path without ending: PATH.md and PATH.html are written. Default review.",
        DefaultValueFactory = _ => "review",
    };

    protected override IEnumerable<Symbol> Symbols => [release, environment, portfolio, result];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var place = context.Get(environment)!;
        await Places.CheckAsync(project, store, place, context.Cancellation);
        var id = await ReleaseNames.FindAsync(store, context.Get(release), context.Cancellation);
        var (paper, passes) = await context.WithProgressAsync(
            "review",
            progress => Reviewing.PaperAsync(project, store, id, place, context.Get(portfolio), progress, context.Cancellation)
        );
        var path = context.Get(result)!;
        await Reviewing.WriteAsync(paper, path, context.Cancellation);
        context.Output.Write(
            new
            {
                Release = id.ToString(),
                Passes = passes,
                Markdown = path + ".md",
                Page = path + ".html",
                paper.Sections,
            },
            console => console.WriteLine($"{paper.Lede}\nwritten: {path}.md, {path}.html")
        );
        return ExitStatus.Passed;
    }
}

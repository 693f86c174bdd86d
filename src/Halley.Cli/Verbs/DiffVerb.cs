using System.CommandLine;
using System.Globalization;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley diff BEFORE AFTER</c></summary>
sealed class DiffVerb()
    : Verb("diff", "What differs between two releases, in words, and how far the premiums of a portfolio move.")
{
    readonly Argument<string> before = new("before") { Description = "For example motor-quote@1." };
    readonly Argument<string> after = new("after")
    {
        Description = "For example motor-quote@2, motor-quote@latest, or motor-quote@production: the champion there.",
    };
    readonly Option<string?> portfolio = new("--portfolio") { Description = "Table or file whose premiums are compared." };

    protected override IEnumerable<Symbol> Symbols => [before, after, portfolio];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var loader = new ReleaseLoader(store.Registry, store.Artefacts);
        var old = await loader.LoadAsync(
            await ReleaseNames.FindAsync(store, context.Get(before), context.Cancellation),
            context.Cancellation
        );
        var now = await loader.LoadAsync(
            await ReleaseNames.FindAsync(store, context.Get(after), context.Cancellation),
            context.Cancellation
        );
        var changes = ReleaseDiff.Between(old, now);
        var impact = context.Get(portfolio) is { } rows
            ? PortfolioImpact.Of(old, now, project.ReadTable(rows, context.Cancellation), null, context.Cancellation)
            : null;
        context.Output.Write(
            new
            {
                Before = old.Release.Id.ToString(),
                After = now.Release.Id.ToString(),
                Changes = changes,
                Impact = impact,
            },
            console =>
            {
                foreach (var change in changes)
                    console.WriteLine($"{change.Part}: {change.What}");
                if (changes.Count == 0)
                    console.WriteLine("Both releases decide by the same parts.");
                if (impact is { Bands.Count: > 0 })
                    console.Write(Draw(impact));
            }
        );
        return ExitStatus.Passed;
    }

    static Spectre.Console.Table Draw(PortfolioImpact impact)
    {
        var table = Tables.New("change", "policies", "premium before", "after");
        foreach (var band in impact.Bands)
            table.AddPlainRow(
                band.Band,
                band.Policies.ToString("N0", CultureInfo.InvariantCulture),
                band.Before.ToString("N0", CultureInfo.InvariantCulture),
                band.After.ToString("N0", CultureInfo.InvariantCulture)
            );
        return table;
    }
}

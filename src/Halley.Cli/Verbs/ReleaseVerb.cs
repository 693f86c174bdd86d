using System.CommandLine;
using Halley.Data;

namespace Halley.Cli;

/// <summary><c>halley release DECISION</c></summary>
sealed class ReleaseVerb()
    : Verb("release", "Make a release: a decision with every model and table that it uses pinned, and signed.")
{
    readonly Argument<string> decision = new("decision") { Description = "A decision file, or the name of one in decisions/." };
    readonly Option<string[]> use = new("--use")
    {
        Description = "Another model than the file's: alias=name@version or alias=name@alias.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string?> note = new("--note") { Description = "Release notes." };

    protected override IEnumerable<Symbol> Symbols => [decision, use, note];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var uses = (context.Get(use) ?? [])
            .Select(Split)
            .ToDictionary(pair => pair.Alias, pair => pair.Reference, StringComparer.Ordinal);
        var (release, added) = await context.WithProgressAsync(
            "release",
            progress =>
                Releasing.ReleaseAsync(
                    project,
                    store,
                    context.Get(decision),
                    uses,
                    context.Get(note) ?? "",
                    progress,
                    context.Cancellation
                )
        );
        var report = new
        {
            Release = release.Id.ToString(),
            New = added,
            Hash = release.Hash.Hex,
            Models = release.Models.Select(model => new { model.Reference, Version = model.Version.ToString() }),
            Tables = release.Tables.Select(table => table.Name),
        };
        context.Output.Write(
            report,
            console =>
            {
                console.WriteLine(added ? $"released {report.Release}" : $"{report.Release} already has this content");
                foreach (var model in report.Models)
                    console.WriteLine($"  {model.Reference} is {model.Version}");
            }
        );
        return ExitStatus.Passed;
    }

    static (string Alias, string Reference) Split(string text)
    {
        var parts = text.Split('=', 2);
        return parts is [{ Length: > 0 }, { Length: > 0 }]
            ? (parts[0], parts[1])
            : throw new HalleyException(
                "HLY7022",
                $"--use {text}: write alias=name@version, for example frequency=claim-count-trees@2."
            );
    }
}

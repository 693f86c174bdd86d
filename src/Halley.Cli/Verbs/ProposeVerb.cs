using System.CommandLine;
using Halley.Data;
using Halley.Registry;
using Halley.Reports;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley propose DECISION --in ENVIRONMENT</c>: a refit as a draft, where the monitor asks for one.</summary>
sealed class ProposeVerb()
    : Verb(
        "propose",
        "Where the monitor says refit or recalibrate: fit the decision's models on the data of today, release them as a draft, and review it."
    )
{
    readonly Argument<string> decision = new("decision") { Description = "Name of a decision in decisions/." };
    readonly Option<string> environment = new("--in")
    {
        Description = "Environment whose champion is looked at. Default production.",
        DefaultValueFactory = _ => "production",
    };
    readonly Option<string?> portfolio = new("--portfolio") { Description = "Table or file whose answers are compared." };
    readonly Option<bool> always = new("--always") { Description = "Propose also where the monitor says to leave the models." };
    readonly Option<string> result = new("--out")
    {
        Description = "Path without ending: PATH.md and PATH.html are written. Default proposal.",
        DefaultValueFactory = _ => "proposal",
    };

    protected override IEnumerable<Symbol> Symbols => [decision, environment, portfolio, always, result];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var (name, place) = (context.Get(decision), context.Get(environment)!);
        await Places.CheckAsync(project, store, place, context.Cancellation);
        // 1. What the monitor says.
        var report = await MonitorAsync(context, project, store, name, place);
        if (report.Verdict == MonitorVerdict.Leave && !context.Get(always))
            return Leave(context, report);
        // 2. The same specs on the data of today, released but live nowhere.
        var definition = SpecFiles.Decision.Read(project.SpecPath("decisions", name));
        var models = await FitAsync(context, project, store, definition);
        var note =
            $"draft: refit proposed on {MonitorVerb.Day(DateOnly.FromDateTime(project.Clock.GetUtcNow().UtcDateTime))}. {report.Sentence}";
        var (release, added) = await context.WithProgressAsync(
            "release",
            progress =>
                Releasing.ReleaseAsync(
                    project,
                    store,
                    name,
                    new Dictionary<string, string>(),
                    note,
                    progress,
                    context.Cancellation
                )
        );
        var path = context.Get(result)!;
        // 3. What it would change.
        if (added)
            await ReviewAsync(context, project, store, report, release.Id, path);
        Show(context, report, release, added, models, path);
        return ExitStatus.Passed;
    }

    async Task ReviewAsync(
        CommandContext context,
        Project project,
        LocalStore store,
        MonitorReport report,
        VersionId release,
        string path
    )
    {
        var (paper, _) = await context.WithProgressAsync(
            "review",
            progress =>
                Reviewing.PaperAsync(
                    project,
                    store,
                    release,
                    context.Get(environment)!,
                    context.Get(portfolio),
                    progress,
                    context.Cancellation
                )
        );
        var why = new ReviewSection(
            "Why",
            ["reason"],
            [.. report.Reasons.Select(reason => (IReadOnlyList<string>)[reason])],
            report.Sentence
        );
        await Reviewing.WriteAsync(
            paper with
            {
                Title = $"Proposal: {paper.Title}",
                Sections = [why, .. paper.Sections],
            },
            path,
            context.Cancellation
        );
    }

    static async Task<MonitorReport> MonitorAsync(
        CommandContext context,
        Project project,
        LocalStore store,
        string decision,
        string place
    )
    {
        var found = await context.WithProgressAsync(
            "monitor",
            progress => Monitoring.ReportsAsync(project, store, place, decision, progress, context.Cancellation)
        );
        return found.Count > 0
            ? found[0].Report
            : throw new HalleyException(
                "HLY7162",
                $"nothing watches '{decision}' in '{place}', so that nothing says whether a refit is due. Write monitor.yaml (docs/guide/monitor.md)."
            );
    }

    static async Task<IReadOnlyList<FitReport>> FitAsync(
        CommandContext context,
        Project project,
        LocalStore store,
        Decisions.DecisionDefinition definition
    )
    {
        var used = definition.Models.Select(model => model.Reference.Split('@')[0]).ToHashSet(StringComparer.Ordinal);
        var files = project.ModelFiles().Select(project.ReadModelFile).Where(file => used.Contains(file.Spec.Name)).ToList();
        if (files.Count == 0)
            throw new HalleyException(
                "HLY7163",
                $"none of the models of '{definition.Name}' ({string.Join(", ", used)}) has a file in models/, so that nothing can be fitted again."
            );
        var reports = new List<FitReport>();
        foreach (var file in files)
        {
            reports.Add(
                await context.WithProgressAsync(
                    $"fit {file.Spec.Name}",
                    progress => ModelFitting.FitAsync(project, file, store, "refit proposed", progress, context.Cancellation)
                )
            );
        }
        return reports;
    }

    static int Leave(CommandContext context, MonitorReport report)
    {
        context.Output.Write(
            new { report.Verdict, report.Sentence },
            console => console.WriteLine($"no proposal for {report.Release}: {report.Sentence}")
        );
        return ExitStatus.Passed;
    }

    static void Show(
        CommandContext context,
        MonitorReport report,
        Release release,
        bool added,
        IReadOnlyList<FitReport> models,
        string path
    ) =>
        context.Output.Write(
            new
            {
                report.Verdict,
                report.Sentence,
                Release = release.Id.ToString(),
                New = added,
                Models = models.Select(model => model.Version),
                Markdown = added ? path + ".md" : null,
                Page = added ? path + ".html" : null,
            },
            console =>
                console.WriteLine(
                    added
                        ? $"{report.Sentence}\nproposed: {release.Id}, live nowhere. Read {path}.md or {path}.html, then promote it as any release."
                        : $"{report.Sentence}\n{release.Id} has this content already: a refit on the data of today changes nothing."
                )
        );
}
